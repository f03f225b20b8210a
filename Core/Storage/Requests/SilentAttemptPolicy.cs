using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// Makes an attempt that was not answered in time fail like one whose connection was refused. The storage client cancels such an attempt,
/// and the exception would look like a cancellation that somebody asked for. It belongs after the retries.
/// </summary>
internal sealed class SilentAttemptPolicy : HttpPipelinePolicy
{
    private const string NoAnswer = "no answer in time";

    /// <exception cref="RequestFailedException">The attempt was not answered in time.</exception>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (OperationCanceledException e) when (!message.CancellationToken.IsCancellationRequested)
        {
            throw new RequestFailedException(NoAnswer, e);
        }
    }

    /// <inheritdoc cref="Process"/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (OperationCanceledException e) when (!message.CancellationToken.IsCancellationRequested)
        {
            throw new RequestFailedException(NoAnswer, e);
        }
    }
}
