using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ServerlessFashion.Functions.Durable;

/// <summary>A request to end an orchestration, with the reason.</summary>
public sealed record EndRequest(string InstanceId, string Reason);

/// <summary>Ends an orchestration that waits for an answer that never comes.</summary>
public static class OrchestrationEnd
{
    [Function(nameof(EndOrchestration))]
    public static Task EndOrchestration(
        [ActivityTrigger] EndRequest request, [DurableClient] DurableTaskClient client, CancellationToken shutdown) =>
        client.TerminateInstanceAsync(request.InstanceId, request.Reason, shutdown);
}
