namespace ServerlessFashion.Pipeline;

/// <summary>What does the work of a step.</summary>
public interface IStepHandler<TRequest, TResult>
{
    /// <exception cref="InvalidInputException">Trying again cannot help.</exception>
    Task<TResult> RunAsync(TRequest request, CancellationToken cancellation);
}

/// <summary>The handlers of one process, by step name.</summary>
public sealed class StepRegistry
{
    private readonly Dictionary<string, object> _handlers = [];

    public StepRegistry Add<TRequest, TResult>(Step<TRequest, TResult> step, IStepHandler<TRequest, TResult> handler)
    {
        _handlers.Add(step.Name, handler);
        return this;
    }

    public IStepHandler<TRequest, TResult> Get<TRequest, TResult>(Step<TRequest, TResult> step) =>
        (IStepHandler<TRequest, TResult>)_handlers[step.Name];
}
