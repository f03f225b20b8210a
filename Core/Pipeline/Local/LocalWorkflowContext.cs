using Microsoft.Extensions.Logging;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline.Local;

/// <summary>
/// Runs a workflow in one process. Light steps run in this process, and training steps in child processes. As many sub-workflows
/// run at once as there are slots. There is no history: the steps make the workflow durable, because they find their finished work.
/// </summary>
/// <param name="slots">
/// One slot for each training that may run at once. A sub-workflow keeps its slot from its first training step to its end; the
/// outer workflow keeps one only for a step.
/// </param>
/// <param name="cancellation">Stops light steps at once, and training steps after the current batch.</param>
public sealed class LocalWorkflowContext(
    StepRegistry lightSteps, ITrainingSteps trainingSteps, SemaphoreSlim slots,
    IProgress<WorkflowProgress> progress, TimeProvider time, ILogger log, CancellationToken cancellation)
    : IWorkflowContext
{
    private const int Attempts = 3;

    private bool _hasSlot;
    private bool _keepsSlot;

    /// <summary>Always the current version: without a history there are no old calls to repeat.</summary>
    public Version Version { get; } = Version.Parse(WorkflowVersion.Current);

    public async Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return step.Kind == StepKind.Light
                    ? await lightSteps.Get(step).RunAsync(request, cancellation)
                    : await RunTrainingStepAsync(step, request, timeout);
            }
            catch (InvalidInputException e)
            {
                log.StepGivenUp(step.Name, e.Message);
                throw new StepFailedException(e.Message, e);
            }
            catch (TimeoutException e)
            {
                log.StepGivenUp(step.Name, $"it took longer than {timeout}");
                throw new StepFailedException($"{step.Name} took longer than {timeout}.", e);
            }
            catch (Exception e) when (StorageFailure.IsOutage(e))
            {
                // Its requests have waited as long as a run waits. The run can continue later, and no model has failed.
                log.AttemptFailed(step.Name, attempt, Attempts, e);
                throw;
            }
            catch (Exception e) when (e is not OperationCanceledException && attempt == Attempts)
            {
                log.AttemptFailed(step.Name, attempt, Attempts, e);
                var cause = StorageFailure.Is(e) ? StorageFailure.Describe(e) : e.Message;
                log.StepGivenUp(step.Name, cause);
                throw new StepFailedException($"{step.Name} failed {Attempts} times: {cause}", e);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.AttemptFailed(step.Name, attempt, Attempts, e);
                log.AttemptWaits(step.Name, attempt);
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellation);
            }
        }
    }

    public async Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request)
    {
        var child = new LocalWorkflowContext(lightSteps, trainingSteps, slots, progress, time, log, cancellation) { _keepsSlot = true };
        try
        {
            return await workflow.RunAsync(child, request);
        }
        finally
        {
            child.ReleaseSlot();
        }
    }

    public Task<TResult> RunAgainAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request) =>
        workflow.RunAsync(this, request);

    public void ReportProgress(WorkflowProgress value) => progress.Report(value);

    private async Task<TResult> RunTrainingStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout)
    {
        if (!_hasSlot)
        {
            await WaitForSlotAsync(step.Name);
        }

        try
        {
            return await RunInSlotAsync(step, request, timeout);
        }
        finally
        {
            if (!_keepsSlot)
            {
                ReleaseSlot();
            }
        }
    }

    private async Task<TResult> RunInSlotAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout)
    {
        using var span = PipelineTelemetry.StartStep(step.Name, request!);
        var record = StepRecord.Begin(log, step.Name, request!);
        try
        {
            var result = await RunInTimeAsync(step, request, timeout);
            record.Succeed();
            return result;
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            record.Fail(e);
            throw;
        }
    }

    private async Task<TResult> RunInTimeAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout)
    {
        using var late = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            var result = await trainingSteps.RunAsync(step, request, stop.Token);
            return IsLate() ? throw new TimeoutException() : result;
        }
        catch (Exception e) when (e is not TimeoutException && IsLate())
        {
            // A step that was stopped at its deadline ends in many ways; another attempt would take as long.
            throw new TimeoutException(e.Message, e);
        }

        bool IsLate() => late.IsCancellationRequested && !cancellation.IsCancellationRequested;
    }

    private async Task WaitForSlotAsync(string step)
    {
        if (!await slots.WaitAsync(TimeSpan.Zero, cancellation))
        {
            log.StepWaits(step);
            var began = time.GetTimestamp();
            await slots.WaitAsync(cancellation);
            log.StepGoesOn(step, time.GetElapsedTime(began).TotalSeconds);
        }

        _hasSlot = true;
    }

    private void ReleaseSlot()
    {
        if (_hasSlot)
        {
            slots.Release();
            _hasSlot = false;
        }
    }
}
