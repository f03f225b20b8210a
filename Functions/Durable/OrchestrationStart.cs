using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ServerlessFashion.Functions.Durable;

internal static class OrchestrationStart
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] UnderWayOrDone = [.. UnderWay, OrchestrationRuntimeStatus.Completed];

    /// <summary>Starts an orchestration under an id. Where one of that id is under way or has completed, nothing happens.</summary>
    /// <returns>False where nothing happened.</returns>
    public static Task<bool> StartOnceAsync(
        this DurableTaskClient client, string name, object input, string id, CancellationToken cancellation) =>
        client.StartUnlessAsync(UnderWayOrDone, name, input, id, cancellation);

    /// <summary>
    /// Starts an orchestration under an id, also where one of that id has completed. Where one is under way, nothing happens.
    /// </summary>
    /// <returns>False where nothing happened.</returns>
    public static Task<bool> StartAgainAsync(
        this DurableTaskClient client, string name, object input, string id, CancellationToken cancellation) =>
        client.StartUnlessAsync(UnderWay, name, input, id, cancellation);

    /// <summary>True where an orchestration of that id waits or works.</summary>
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
