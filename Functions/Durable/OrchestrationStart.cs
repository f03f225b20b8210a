using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ServerlessFashion.Functions.Durable;

internal static class OrchestrationStart
{
    // Without them the engine starts an instance that has ended once more under the same id.
    private static readonly OrchestrationRuntimeStatus[] UnderWayOrDone =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Completed,
    ];

    /// <summary>Starts an orchestration under an id. Where one of that id is under way or has completed, nothing happens.</summary>
    public static async Task StartOnceAsync(this DurableTaskClient client, string name, object input, string id, CancellationToken cancellation)
    {
        try
        {
            var options = new StartOrchestrationOptions(id).WithDedupeStatuses(UnderWayOrDone);
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Delivered twice.
        }
    }
}
