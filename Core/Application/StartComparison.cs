using System.Security.Cryptography;
using System.Text.Json;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Starts a comparison.</summary>
public sealed class StartComparison(
    RunStore runs, RunDefinitions definitions, RunReferences references, IComparisonHost host, TimeProvider time,
    RandomNumberGenerator random)
{
    private const int IdBytes = 4;

    /// <summary>Stores a new run and starts it. A key that was used before returns the run of its first use, in any state.</summary>
    /// <param name="namesDevice">
    /// True if the request names the device. Otherwise the device is this host's, and the same request may later give another one.
    /// </param>
    /// <param name="description">
    /// Name, tags and notes of a new run. A run of the same key keeps its own, which somebody may have changed since.
    /// </param>
    /// <param name="key">A key that makes the request safe to repeat; null to start a new run each time.</param>
    /// <exception cref="InvalidInputException">The name is the id of another run.</exception>
    /// <exception cref="RefusedException">
    /// The key belongs to a run with another configuration (<see cref="Refusal.KeyReused"/>), or to a partly deleted run.
    /// </exception>
    public async Task<RunRecord> StartAsync(
        RunDefinition definition, RunDescription description, bool namesDevice, string? key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var id = key is null ? NewId(now) : RunIds.FromKey(key);
        if (key is not null && await runs.FindDeletedAsync(id, cancellation) is not null)
        {
            throw new RefusedException(
                Refusal.Conflict, $"Idempotency-Key: run {id} of '{key}' is half deleted; delete it once more, then start it.");
        }

        await references.RequireNameAsync(description.Name, id, cancellation);
        var asked = RunRecord.Of(id, RunStatus.Pending, now, definition.Configuration) with { Description = description };
        var run = await runs.CreateAsync(asked, definition, cancellation);
        if (key is not null && !await IsStoredAsync(id, definition, namesDevice, cancellation))
        {
            throw new RefusedException(
                Refusal.KeyReused, $"Idempotency-Key: '{key}' was used before for run {run.Id}, which has another configuration.");
        }

        if (!run.IsFinished)
        {
            // Also if the run was stored before: the process that stored it may have died before this line.
            await host.StartAsync(run, cancellation);
        }

        return run;
    }

    private async Task<bool> IsStoredAsync(string id, RunDefinition asked, bool namesDevice, CancellationToken cancellation)
    {
        var stored = await definitions.GetAsync(id, cancellation);
        return AreSame(stored.Configuration, asked.Configuration, namesDevice) && ModelsOfUsers(stored) == ModelsOfUsers(asked);
    }

    /// <summary>The specs that are not built in. A later version may have other specs of the built-in models.</summary>
    private static string ModelsOfUsers(RunDefinition run) =>
        JsonSerializer.Serialize(run.Specs.Where(spec => ModelCatalogue.Find(spec.Name) is null), Json.Compact);

    private string NewId(DateTimeOffset now)
    {
        var bytes = new byte[IdBytes];
        random.GetBytes(bytes);
        return RunIds.Create(now, bytes);
    }

    /// <summary>
    /// True if both configurations request the same results. Threads, and a device that the request does not name, depend on the
    /// machine and are not compared.
    /// </summary>
    private static bool AreSame(RunConfiguration stored, RunConfiguration asked, bool namesDevice)
    {
        var comparable = EpochFitting.Undo(stored) with
        {
            // Titles decide nothing, and older runs were stored without those of ensembles.
            Ensembles = [.. stored.Ensembles.Select(ensemble => asked.Ensembles.FirstOrDefault(
                same => same.Name == ensemble.Name && same.Members.SequenceEqual(ensemble.Members)) ?? ensemble)],
            ThreadsPerTraining = asked.ThreadsPerTraining,
            Device = namesDevice ? stored.Device ?? DeviceChoice.Auto : asked.Device,
        };
        return JsonSerializer.Serialize(comparable, Json.Compact) == JsonSerializer.Serialize(asked, Json.Compact);
    }
}
