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

    /// <exception cref="InvalidOperationException">The step already has a handler.</exception>
    public StepRegistry Add<TRequest, TResult>(Step<TRequest, TResult> step, IStepHandler<TRequest, TResult> handler)
    {
        if (!_handlers.TryAdd(step.Name, handler.Traced(step, _log)))
        {
            throw new InvalidOperationException($"step: {step.Name} is registered twice.");
        }

        return this;
    }

    /// <summary>Requires a handler for each step of a kind, so that a missing one shows at the start and not in a run.</summary>
    /// <exception cref="InvalidOperationException">A step has no handler; names it.</exception>
    public StepRegistry RequireAll(StepKind kind)
    {
        var missing = PipelineSteps.NamesOf(kind).FirstOrDefault(name => !_handlers.ContainsKey(name));
        return missing is null ? this : throw NotRegistered(missing);
    }

    /// <exception cref="InvalidOperationException">The step has no handler in this process.</exception>
    public IStepHandler<TRequest, TResult> Get<TRequest, TResult>(Step<TRequest, TResult> step) =>
        _handlers.TryGetValue(step.Name, out var handler) ? (IStepHandler<TRequest, TResult>)handler : throw NotRegistered(step.Name);

    private static InvalidOperationException NotRegistered(string step) => new($"step: {step} has no handler in this process.");
}
