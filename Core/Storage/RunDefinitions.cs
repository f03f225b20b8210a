using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Storage;

/// <summary>
/// What each run trains: <c>{runId}/run.json</c> in container <c>runs</c>, written once with the run, and <c>{runId}/epochs.json</c>,
/// written once where a budget shortens the trainings. A search adds <c>{runId}/search-1.json</c> and so on, one for the trials of each
/// round.
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
        var fitted = run.Configuration is { Budget: not null, RecipeEpochs: null } ? await FindEpochsAsync(runId, cancellation) : null;
        run = fitted is null ? run : run with { Configuration = EpochFitting.Apply(run.Configuration, fitted) };
        return await AddTrialsAsync(runId, run, cancellation);
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

    /// <summary>Stores the trials of a round of the run's search. Trials that are stored already stay.</summary>
    /// <param name="round">Counted from 1.</param>
    /// <returns>The stored trials.</returns>
    public async Task<IReadOnlyList<Trial>> AddRoundAsync(
        string runId, int round, IReadOnlyList<Trial> trials, CancellationToken cancellation)
    {
        var stored = new StoredRound(StoredRound.CurrentVersion, trials);
        return await _documents.TryCreateAsync(RoundPathOf(runId, round), stored, cancellation)
            ? trials
            : (await FindRoundAsync(runId, round, cancellation))!.Trials;
    }

    private async Task<RunDefinition> AddTrialsAsync(string runId, RunDefinition run, CancellationToken cancellation)
    {
        var rounds = run.Configuration.Search?.TrialsOfRounds().Count ?? 0;
        for (var round = 1; round <= rounds && await FindRoundAsync(runId, round, cancellation) is { } stored; round++)
        {
            run = run.With(stored.Trials);
        }

        return run;
    }

    private Task<StoredRound?> FindRoundAsync(string runId, int round, CancellationToken cancellation) =>
        FindAsync<StoredRound>(runId, RoundPathOf(runId, round), StoredRound.CurrentVersion, cancellation);

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

    private static string RoundPathOf(string runId, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}/search-{round}.json");

    /// <param name="Version">Format of the document.</param>
    private sealed record StoredRound(int Version, IReadOnlyList<Trial> Trials)
    {
        public const int CurrentVersion = 1;
    }
}
