using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Prediction.Tests.Uploads;

/// <summary>Does something first when a blob whose path holds a name is about to be written or deleted, once.</summary>
internal sealed class HookBeforeWriting(string path, Func<Task> hook) : HttpPipelinePolicy
{
    private int _calls;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var writes = message.Request.Method == RequestMethod.Put || message.Request.Method == RequestMethod.Delete;
        if (writes && message.Request.Uri.Path.Contains(path, StringComparison.Ordinal) && Interlocked.Increment(ref _calls) == 1)
        {
            await hook();
        }

        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
