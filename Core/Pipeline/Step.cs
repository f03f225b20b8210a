namespace ServerlessFashion.Pipeline;

/// <summary>Where a step runs.</summary>
public enum StepKind
{
    /// <summary>Storage and arithmetic: in the orchestrating process.</summary>
    Light,

    /// <summary>Needs the training library: in a process (or a container) of its own.</summary>
    Training,
}

/// <summary>
/// One step of the pipeline by name and types. Every step is idempotent: its result is stored under the identity in
/// its request, and a second call finds it. It may be called more than once, and again after a crash.
/// </summary>
public sealed record Step<TRequest, TResult>(string Name, StepKind Kind) : IStep;

/// <summary>A step without its types.</summary>
public interface IStep
{
    string Name { get; }

    StepKind Kind { get; }
}

/// <summary>A workflow that another workflow can call.</summary>
public sealed record Workflow<TRequest, TResult>(string Name, Func<IWorkflowContext, TRequest, Task<TResult>> RunAsync);

/// <summary>
/// All that a workflow may touch. Workflow code is replayed: it must take everything that can differ between two
/// executions (time, results) from here, and start no threads and no I/O of its own.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>The version that this run of the workflow began at, and keeps: see <see cref="WorkflowVersion"/>.</summary>
    Version Version { get; }

    /// <summary>Runs a step, at least once.</summary>
    /// <param name="timeout">Time of work after which the step counts as failed; waiting for a free worker does not count. Null for none.</param>
    /// <exception cref="StepFailedException">It failed for good: permanently, after its last retry or by its deadline.</exception>
    Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null);

    /// <summary>Runs another workflow under a name that is unique in this run.</summary>
    /// <exception cref="StepFailedException">It was ended from outside.</exception>
    Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request);

    /// <summary>
    /// Ends this execution and runs the workflow from its top again; a durable host forgets the history so far, which a
    /// loop would let grow. Return what it returns.
    /// </summary>
    Task<TResult> RunAgainAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request);

    /// <summary>Shows where the workflow stands to whoever watches.</summary>
    void ReportProgress(WorkflowProgress value);
}

/// <summary>What a workflow is doing, in few bytes.</summary>
/// <param name="Stage">The step at hand, e.g. "training".</param>
public sealed record WorkflowProgress(string Stage, int TrainingsDone, int Trainings);

/// <summary>A step that failed and will not be tried again.</summary>
public sealed class StepFailedException : Exception
{
    public StepFailedException(string message) : base(message) { }

    public StepFailedException(string message, Exception innerException) : base(message, innerException) { }
}
