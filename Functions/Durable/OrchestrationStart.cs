using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ServerlessFashion.Functions.Durable;

internal static class OrchestrationStart
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] UnderWayOrDone = [.. UnderWay, OrchestrationRuntimeStatus.Completed];

    /// <summary>
    /// Starts an orchestration with an id. If an orchestration with this id is running or has completed, nothing happens.
    /// </summary>
    /// <returns>False if nothing happened.</returns>
    public static Task<bool> StartOnceAsync(
        this DurableTaskClient client, string name, object input, string id, CancellationToken cancellation) =>
        client.StartUnlessAsync(UnderWayOrDone, name, input, id, cancellation);

    /// <summary>Starts an orchestration with an id, even if one with this id has completed. If one is running, nothing happens.</summary>
    /// <returns>False if nothing happened.</returns>
    public static Task<bool> StartAgainAsync(
        this DurableTaskClient client, string name, object input, string id, CancellationToken cancellation) =>
        client.StartUnlessAsync(UnderWay, name, input, id, cancellation);

    /// <summary>True if an orchestration with this id waits or runs.</summary>
    public static async Task<bool> IsUnderWayAsync(this DurableTaskClient client, string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { } instance && UnderWay.Contains(instance.RuntimeStatus);

    private static async Task<bool> StartUnlessAsync(
        this DurableTaskClient client, OrchestrationRuntimeStatus[] refused, string name, object input, string id,
        CancellationToken cancellation)
    {
        try
        {
            // Without these statuses the engine replaces an instance of the same id, whatever it is doing.
            var options = new StartOrchestrationOptions(id).WithDedupeStatuses(refused);
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
