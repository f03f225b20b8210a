using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Storage;

/// <summary>
/// What each run trains: <c>{runId}/run.json</c> in container <c>runs</c>, written once with the run, and <c>{runId}/epochs.json</c>,
/// written once where a budget shortens the trainings.
/// </summary>
public sealed class RunDefinitions(FashionStorage storage)
{
    private const string VersionField = "version";

    private readonly JsonBlobs _documents = new(storage.Container(StorageNames.Runs));

    /// <summary>The definition of a run, with the epochs of its budget once they are fitted.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or a newer version of the program stored it.</exception>
    public async Task<RunDefinition> GetAsync(string runId, CancellationToken cancellation)
    {
        var run = await FindAsync<RunDefinition>(runId, PathOf(runId), RunDefinition.CurrentVersion, cancellation)
            ?? RunMigration.Define(await GetUnversionedConfigurationAsync(runId, cancellation));
        return run.Configuration is { Budget: not null, RecipeEpochs: null }
            && await FindEpochsAsync(runId, cancellation) is { } fitted
            ? run with { Configuration = EpochFitting.Apply(run.Configuration, fitted) }
            : run;
    }

    /// <summary>Stores the definition of a new run. The same run a second time changes nothing.</summary>
    /// <returns>The stored definition.</returns>
    internal async Task<RunDefinition> CreateAsync(string runId, RunDefinition run, CancellationToken cancellation) =>
        await _documents.TryCreateAsync(PathOf(runId), run, cancellation) ? run : await GetAsync(runId, cancellation);

    /// <summary>Stores the epochs with which a run ends within its budget. Epochs that are stored already stay.</summary>
    /// <returns>The definition with the stored epochs.</returns>
    public async Task<RunDefinition> FitAsync(string runId, FittedEpochs epochs, CancellationToken cancellation)
    {
        await _documents.TryCreateAsync(EpochsPathOf(runId), epochs, cancellation);
        return await GetAsync(runId, cancellation);
    }

    /// <summary>The configuration of a run that was stored before runs had definitions.</summary>
    private async Task<RunConfiguration> GetUnversionedConfigurationAsync(string runId, CancellationToken cancellation) =>
        await RunRow.FindAsync(storage.Table(StorageNames.RunsTable), runId, cancellation) is { } row
        && RunRow.FindConfiguration(row) is { } configuration
            ? configuration
            : throw RunRow.Unknown(runId);

    private Task<FittedEpochs?> FindEpochsAsync(string runId, CancellationToken cancellation) =>
        FindAsync<FittedEpochs>(runId, EpochsPathOf(runId), FittedEpochs.CurrentVersion, cancellation);

    private async Task<T?> FindAsync<T>(string runId, string path, int newest, CancellationToken cancellation) where T : class
    {
        try
        {
            using var document = await _documents.FindAsync<JsonDocument>(path, cancellation);
            if (document is null)
            {
                return null;
            }

            var version = document.RootElement.GetProperty(VersionField).GetInt32();
            return version <= newest ? document.RootElement.Deserialize<T>(Json.Compact) : throw new InvalidInputException(
                $"run: {runId} was stored in format {version}, and this program reads formats up to {newest}; use a newer version.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException($"storage: {StorageNames.Runs}/{path} cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static string PathOf(string runId) => $"{runId}/run.json";

    private static string EpochsPathOf(string runId) => $"{runId}/epochs.json";
}
