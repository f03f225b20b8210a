using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Tests;

/// <summary>Lets a test act once before or after the first request of a kind, as if the process had been frozen there.</summary>
internal sealed class RequestHook : HttpPipelinePolicy
{
    private bool _done;

    /// <summary>Which request; the default value is none.</summary>
    public Func<Request, bool> When { get; set; } = _ => false;

    public Func<Task> Before { get; init; } = () => Task.CompletedTask;

    public Func<Task> After { get; init; } = () => Task.CompletedTask;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (_done || !When(message.Request))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        _done = true;
        await Before();
        await ProcessNextAsync(message, pipeline);
        await After();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
}
