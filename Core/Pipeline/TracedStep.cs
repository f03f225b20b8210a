using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline;

/// <summary>A step with a span for each attempt.</summary>
internal sealed class TracedStep<TRequest, TResult>(string name, IStepHandler<TRequest, TResult> handler) : IStepHandler<TRequest, TResult>
{
    public async Task<TResult> RunAsync(TRequest request, CancellationToken cancellation)
    {
        using var span = PipelineTelemetry.StartStep(name, request!);
        try
        {
            return await handler.RunAsync(request, cancellation);
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            throw;
        }
    }
}
