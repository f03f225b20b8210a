using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Storage.Requests;

/// <summary>Reports a request that waits, with all its attempts. It belongs before the retries.</summary>
internal sealed class WaitingRequestPolicy(StorageWaits waits) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var request = Begin(message);
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var request = Begin(message);
        await ProcessNextAsync(message, pipeline);
    }

    private StorageWaits.Request Begin(HttpMessage message)
    {
        var request = new StorageWaits.Request(waits, $"{message.Request.Uri.Host}:{message.Request.Uri.Port}");
        message.SetProperty(typeof(StorageWaits.Request), request);
        return request;
    }
}

/// <summary>Notes how an attempt failed, for <see cref="WaitingRequestPolicy"/>. It belongs after the retries.</summary>
internal sealed class WaitingAttemptPolicy : HttpPipelinePolicy
{
    private const int FirstFailure = 500;
    private const int TooManyRequests = 429;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
            NoteAnswer(message);
        }
        catch (Exception e)
        {
            Note(message, StorageFailure.Reason(e));
            throw;
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
            NoteAnswer(message);
        }
        catch (Exception e)
        {
            Note(message, StorageFailure.Reason(e));
            throw;
        }
    }

    private static void NoteAnswer(HttpMessage message)
    {
        var response = message.Response;
        var failed = response.Status is >= FirstFailure or TooManyRequests;
        Note(message, failed ? Reason(response) : null);
    }

    /// <summary>The emulator answers 500 and nothing more when its disk is full.</summary>
    private static string Reason(Response response) =>
        StorageFailure.Reason(response.Status, ErrorCode(response))
        + (response.Status == FirstFailure ? "; if it is the emulator, check that its disk has space" : "");

    private static string? ErrorCode(Response response) =>
        response.Headers.TryGetValue("x-ms-error-code", out var code) ? code : response.ReasonPhrase;

    private static void Note(HttpMessage message, string? failure)
    {
        if (message.TryGetProperty(typeof(StorageWaits.Request), out var request))
        {
            ((StorageWaits.Request)request!).Failure = failure;
        }
    }
}
