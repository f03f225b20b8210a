using Microsoft.DurableTask;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Durable;

/// <summary>
/// Runs a workflow as a durable orchestration. Steps are activities of the same name, and sub-workflows are sub-orchestrations with
/// ids derived from the run's id. It is safe to replay, because everything comes from <paramref name="context"/>.
/// </summary>
public sealed class DurableWorkflowContext(TaskOrchestrationContext context, DurableTimings timings) : IWorkflowContext
{
    /// <summary>Why a step was abandoned; null if none was.</summary>
    private string? _abandoned;

    public Version Version { get; } = WorkflowVersion.Parse(context.Version);

    /// <summary>Runs a workflow to its end. An instance with an abandoned step is then terminated.</summary>
    public async Task<TResult> RunAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request)
    {
        try
        {
            return await workflow.RunAsync(this, request);
        }
        finally
        {
            if (_abandoned is not null)
            {
                // An orchestration does not end while one of its activities is open; this one must be ended from outside.
                await context.CallActivityAsync(
                    nameof(OrchestrationEnd.EndOrchestration), new EndRequest(context.InstanceId, _abandoned),
                    StepRetry.Options(timings.FirstRetry));
            }
        }
    }

    public async Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null)
    {
        var result = context.CallActivityAsync<TResult>(step.Name, request, StepRetry.Options(timings.FirstRetry));
        try
        {
            return timeout is { } work ? await BeforeAsync(work + timings.WaitForWorker, result, step.Name) : await result;
        }
        catch (TaskFailedException failed)
        {
            throw new StepFailedException(StepRetry.Describe(step.Name, failed.FailureDetails), failed);
        }
    }

    public async Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request)
    {
        // An instance id must not contain a slash. By default the engine would start the sub-workflow at the deployed version. At the
        // caller's version both sides of the call agree.
        var id = $"{context.InstanceId}:{name.Replace('/', ':')}";
        var options = new SubOrchestrationOptions(instanceId: id) { Version = context.Version };
        try
        {
            return await context.CallSubOrchestratorAsync<TResult>(workflow.Name, request, options);
        }
        catch (TaskFailedException failed)
        {
            // A terminated instance has no failure details.
            var reason = failed.FailureDetails?.ErrorMessage
                ?? "it was terminated, by hand or because one of its steps gave no answer in time";
            throw new StepFailedException($"{workflow.Name} {name} failed: {reason}.", failed);
        }
    }

    public Task<TResult> RunAgainAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request)
    {
        context.ContinueAsNew(request);
        // The caller gets the result of the execution that follows; this one is dropped.
        return Task.FromResult(default(TResult)!);
    }

    public void ReportProgress(WorkflowProgress value) => context.SetCustomStatus(value);

    /// <summary>
    /// A worker ends its step in time. This timer covers a step that no worker accepts or completes, for which an orchestration
    /// would otherwise wait forever.
    /// </summary>
    private async Task<TResult> BeforeAsync<TResult>(TimeSpan limit, Task<TResult> result, string step)
    {
        using var answered = new CancellationTokenSource();
        var deadline = context.CreateTimer(limit, answered.Token);
        if (await Task.WhenAny(result, deadline) == deadline)
        {
            _abandoned = $"{step} gave no answer within {limit}";
            throw new StepFailedException($"{_abandoned}.");
        }

        // Not CancelAsync, which would leave the orchestration's thread. An open timer, too, would keep the instance from ending.
        answered.Cancel();
        return await result;
    }
}
