using Microsoft.Extensions.Logging;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Pipeline;

/// <summary>A step with a span for each attempt. It waits for storage as long as a run does.</summary>
internal sealed class TracedStep<TRequest, TResult>(string name, IStepHandler<TRequest, TResult> handler, ILogger log)
    : IStepHandler<TRequest, TResult>
{
    public async Task<TResult> RunAsync(TRequest request, CancellationToken cancellation)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        using var span = PipelineTelemetry.StartStep(name, request!);
        var record = StepRecord.Begin(log, name, request!);
        try
        {
            var result = await handler.RunAsync(request, cancellation);
            record.Succeed();
            return result;
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            record.Fail(e);
            throw;
        }
    }
}
