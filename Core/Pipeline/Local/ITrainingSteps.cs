namespace ServerlessFashion.Pipeline.Local;

/// <summary>Runs steps of <see cref="StepKind.Training"/> away from this process.</summary>
public interface ITrainingSteps
{
    /// <summary>
    /// Runs one step to its end. Cancelling asks it to stop after the batch at hand; it then answers as a cancelled step does.
    /// </summary>
    /// <exception cref="InvalidInputException">Trying again cannot help.</exception>
    /// <exception cref="StepCrashedException">The process ended without an answer.</exception>
    Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation);
}

/// <summary>A step whose process died, e.g. of a native crash or of too little memory.</summary>
public sealed class StepCrashedException(string message) : Exception(message);
