using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Pipeline.Local;

/// <summary>Runs steps of <see cref="StepKind.Training"/> away from this process.</summary>
public interface ITrainingSteps
{
    /// <summary>
    /// Runs one step to its end. Cancellation requests a stop after the current batch; the step then returns the result of a
    /// cancelled step. A process that does not stop is ended.
    /// </summary>
    /// <exception cref="OperationCanceledException">The call was cancelled, and the step gave no result.</exception>
    /// <exception cref="InvalidInputException">A permanent error: another attempt cannot succeed.</exception>
    /// <exception cref="StepCrashedException">The process ended without a result.</exception>
    /// <exception cref="StorageOutageException">The process ended because the storage account could not be used.</exception>
    Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation);
}

/// <summary>The process of a step died, e.g. from a native crash or lack of memory.</summary>
public sealed class StepCrashedException(string message) : Exception(message);
