namespace ServerlessFashion.Pipeline.Local;

/// <summary>
/// Carries a workflow in one process: light steps run here, training steps in processes of their own, as many at once as
/// there are slots. It keeps no history: durability comes from the steps, which find their finished work.
/// </summary>
public sealed class LocalWorkflowContext : IWorkflowContext
{
    private const int Attempts = 3;

    private readonly StepRegistry _lightSteps;
    private readonly ITrainingSteps _trainingSteps;
    private readonly PrioritySlots _slots;
    private readonly IProgress<WorkflowProgress> _progress;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly int _priority;
    private int _called;

    public LocalWorkflowContext(
        StepRegistry lightSteps, ITrainingSteps trainingSteps, PrioritySlots slots,
        IProgress<WorkflowProgress> progress, TimeProvider time, CancellationToken cancellation)
        : this(lightSteps, trainingSteps, slots, progress, time, priority: 0, cancellation)
    {
    }

    private LocalWorkflowContext(
        StepRegistry lightSteps, ITrainingSteps trainingSteps, PrioritySlots slots,
        IProgress<WorkflowProgress> progress, TimeProvider time, int priority, CancellationToken cancellation)
    {
        _lightSteps = lightSteps;
        _trainingSteps = trainingSteps;
        _slots = slots;
        _progress = progress;
        _time = time;
        _cancellation = cancellation;
        _priority = priority;
    }

    public async Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return step.Kind == StepKind.Light
                    ? await _lightSteps.Get(step).RunAsync(request, _cancellation)
                    : await RunTrainingStepAsync(step, request, timeout);
            }
            catch (InvalidInputException e)
            {
                throw new StepFailedException(e.Message, e);
            }
            catch (TimeoutException e)
            {
                throw new StepFailedException($"{step.Name} took longer than {timeout}.", e);
            }
            catch (Exception e) when (e is not OperationCanceledException && attempt == Attempts)
            {
                throw new StepFailedException($"{step.Name} failed {Attempts} times: {e.Message}", e);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), _time, _cancellation);
            }
        }
    }

    public Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request)
    {
        var child = new LocalWorkflowContext(_lightSteps, _trainingSteps, _slots, _progress, _time, _called++, _cancellation);
        return workflow.RunAsync(child, request);
    }

    public void ReportProgress(WorkflowProgress progress) => _progress.Report(progress);

    private async Task<TResult> RunTrainingStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout)
    {
        using var slot = await _slots.AcquireAsync(_priority, _cancellation);
        if (timeout is null)
        {
            return await _trainingSteps.RunAsync(step, request, _cancellation);
        }

        using var late = new CancellationTokenSource(timeout.Value, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, late.Token);
        var result = await _trainingSteps.RunAsync(step, request, stop.Token);
        return late.IsCancellationRequested && !_cancellation.IsCancellationRequested ? throw new TimeoutException() : result;
    }
}
