using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Scale;

/// <summary>
/// Sends every call of a workflow through the task hub, as a durable host does. Durable Task Scheduler counts these actions: the
/// start of an orchestration or sub-orchestration, the start of an activity, and the processing of the result of either.
/// Continue-as-new counts as another start. A timer that is cancelled before it is due does not count (not verified).
/// </summary>
internal sealed class HubContext(IWorkflowContext inner, TaskHub hub) : IWorkflowContext
{
    public Version Version => inner.Version;

    public async Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null)
    {
        await hub.DispatchAsync();
        try
        {
            return await inner.CallStepAsync(step, request, timeout);
        }
        finally
        {
            await hub.DispatchAsync();
        }
    }

    public async Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request)
    {
        await hub.DispatchAsync();
        try
        {
            return await inner.CallWorkflowAsync(ThroughHub(workflow), name, request);
        }
        finally
        {
            await hub.DispatchAsync();
        }
    }

    public async Task<TResult> RunAgainAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request)
    {
        await hub.DispatchAsync();
        return await inner.RunAgainAsync(ThroughHub(workflow), request);
    }

    public void ReportProgress(WorkflowProgress value) => inner.ReportProgress(value);

    private Workflow<TRequest, TResult> ThroughHub<TRequest, TResult>(Workflow<TRequest, TResult> workflow) =>
        workflow with { RunAsync = (context, request) => workflow.RunAsync(new HubContext(context, hub), request) };
}
