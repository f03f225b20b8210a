using System.Text.Json.Serialization;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>The kind of a step, which determines where it runs.</summary>
public enum StepKind
{
    /// <summary>Storage and arithmetic. Runs in the orchestrating process.</summary>
    Light,

    /// <summary>Needs the training library. Runs in a separate process or container.</summary>
    Training,
}

/// <summary>
/// One step of the pipeline, identified by name and types. Every step is idempotent: its result is stored under the identity in its
/// request, and a second call finds it. A host may call a step more than once, and again after a crash.
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
/// The only interface between a workflow and its host. Workflow code is replayed. It must take everything that can differ between
/// two executions (time, results) from here, and it must not start threads or I/O.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>The version with which this run of the workflow started, see <see cref="WorkflowVersion"/>. It never changes.</summary>
    Version Version { get; }

    /// <summary>Runs a step, at least once.</summary>
    /// <param name="timeout">
    /// The working time after which the step counts as failed; null for no limit. Waiting for a free worker does not count.
    /// </param>
    /// <exception cref="StepFailedException">The step failed permanently, at its last attempt, or by its deadline.</exception>
    Task<TResult> CallStepAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, TimeSpan? timeout = null);

    /// <summary>Runs another workflow under a name that is unique in this run.</summary>
    /// <exception cref="StepFailedException">The workflow was ended from outside.</exception>
    Task<TResult> CallWorkflowAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, string name, TRequest request);

    /// <summary>
    /// Ends this execution and runs the workflow from its start again. A durable host then drops the history, which would grow in a
    /// loop. The caller must return the result of this method.
    /// </summary>
    Task<TResult> RunAgainAsync<TRequest, TResult>(Workflow<TRequest, TResult> workflow, TRequest request);

    /// <summary>Reports the progress of the workflow.</summary>
    void ReportProgress(WorkflowProgress value);
}

/// <summary>The progress of a workflow in a few bytes.</summary>
/// <param name="Stage">The current stage, e.g. "training".</param>
/// <param name="TrainingsDone">The trainings with an evaluated model, without those that failed or were cancelled.</param>
/// <param name="Trainings">All trainings of the run; 0 while their number does not matter.</param>
public sealed record WorkflowProgress(string Stage, int TrainingsDone, int Trainings)
{
    /// <summary>The outcome of the training that has just ended; null if something else has changed. It is not stored.</summary>
    [JsonIgnore]
    public TrainingOutcome? Ended { get; init; }
}

/// <summary>A step failed and will not be tried again.</summary>
public sealed class StepFailedException : Exception
{
    public StepFailedException(string message) : base(message) { }

    public StepFailedException(string message, Exception innerException) : base(message, innerException) { }
}
