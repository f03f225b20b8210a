using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ServerlessFashion.Pipeline;

/// <summary>Executes a step.</summary>
public interface IStepHandler<TRequest, TResult>
{
    /// <exception cref="InvalidInputException">A permanent error: another attempt cannot succeed.</exception>
    Task<TResult> RunAsync(TRequest request, CancellationToken cancellation);
}

/// <summary>Adds spans to steps.</summary>
public static class StepTracing
{
    /// <summary>Returns the same handler with a span for each attempt.</summary>
    public static IStepHandler<TRequest, TResult> Traced<TRequest, TResult>(
        this IStepHandler<TRequest, TResult> handler, Step<TRequest, TResult> step, ILogger log) =>
        new TracedStep<TRequest, TResult>(step.Name, handler, log);
}

/// <summary>The handlers of one process, by step name. Each attempt of a step is a span.</summary>
public sealed class StepRegistry(ILogger<StepRegistry>? log = null)
{
    private readonly ILogger _log = log ?? NullLogger<StepRegistry>.Instance;
    private readonly Dictionary<string, object> _handlers = [];

    public StepRegistry Add<TRequest, TResult>(Step<TRequest, TResult> step, IStepHandler<TRequest, TResult> handler)
    {
        _handlers.Add(step.Name, handler.Traced(step, _log));
        return this;
    }

    public IStepHandler<TRequest, TResult> Get<TRequest, TResult>(Step<TRequest, TResult> step) =>
        (IStepHandler<TRequest, TResult>)_handlers[step.Name];
}
