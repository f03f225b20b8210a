using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ServerlessFashion.Functions.Durable;

/// <summary>An orchestration that is to be ended, and why.</summary>
public sealed record EndRequest(string InstanceId, string Reason);

/// <summary>Ends an orchestration that cannot end by itself, because it waits for an answer that does not come.</summary>
public static class OrchestrationEnd
{
    [Function(nameof(EndOrchestration))]
    public static Task EndOrchestration([ActivityTrigger] EndRequest request, [DurableClient] DurableTaskClient client, CancellationToken shutdown) =>
        client.TerminateInstanceAsync(request.InstanceId, request.Reason, shutdown);
}
