using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage.Registry;

/// <summary>
/// Table <c>Models</c>: the versions that can be served, and all promotions. The newest promotion for a data set names its champion.
/// </summary>
public sealed class ModelRegistry(FashionStorage storage, TimeProvider time, ILogger<ModelRegistry>? log = null)
{
    private const string Versions = "version";
    private const string PromotionsKey = "promotion";
    private const string Document = "Document";

    private const string Sender = "Sender";
    private const int LongestModel = 100;

    private readonly TableClient _table = storage.Table(StorageNames.ModelsTable);
    private readonly ILogger _log = log ?? NullLogger<ModelRegistry>.Instance;

    /// <summary>Partition of the promotions. Those for Fashion-MNIST stay where they were before there were other data sets.</summary>
    private string _promotions = PromotionsKey;

    /// <summary>A promotion and its place in the history. Places count down, because a table lists the lowest key first.</summary>
    private sealed record PromotionEntry(long Place, Champion Champion);

    /// <summary>The same registry with the promotions for another data set.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    public ModelRegistry Of(string? dataset)
    {
        var registry = (ModelRegistry)MemberwiseClone();
        registry._promotions = dataset is null or DatasetDescription.FashionMnistName ? PromotionsKey : $"{PromotionsKey}|{dataset}";
        return registry;
    }

    /// <summary>Adds a version, and replaces an existing entry of the same version.</summary>
    public Task RegisterAsync(ModelVersion version, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(
            Entity(Versions, VersionKey(version.RunId, version.Model, version.Seed), version), TableUpdateMode.Replace, cancellation);

    /// <summary>One page of the versions, by run, model and seed.</summary>
    public async Task<Page<ModelVersion>> ListAsync(int top, string? continuation, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter<TableEntity>(entity => entity.PartitionKey == Versions);
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages(continuation, top))
        {
            return new Page<ModelVersion>(
                [.. page.Values.Select(Read<ModelVersion>)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new Page<ModelVersion>([], null);
    }

    /// <summary>The version of a run's model with the best validation accuracy over its seeds.</summary>
    /// <exception cref="InvalidInputException">The run has no such model that can be served.</exception>
    public async Task<ModelVersion> GetBestAsync(string runId, string model, CancellationToken cancellation)
    {
        var found = CanExist(runId, model) ? await VersionsAsync($"{runId}|{model}|", $"{runId}|{model}~", cancellation) : [];
        return found.MaxBy(version => version.ValidationAccuracy)
            ?? throw new InvalidInputException(
                $"model: run '{runId}' has no trained model '{model}'; `fashion models` lists what can be served.");
    }

    /// <exception cref="InvalidInputException">The version does not exist.</exception>
    public async Task<ModelVersion> GetAsync(string runId, string model, int seed, CancellationToken cancellation)
    {
        var found = CanExist(runId, model)
            ? await _table.GetEntityIfExistsAsync<TableEntity>(Versions, VersionKey(runId, model, seed), cancellationToken: cancellation)
            : null;
        return found is { HasValue: true }
            ? Read<ModelVersion>(found.Value!)
            : throw new InvalidInputException($"model: {runId}/{model}/seed-{seed} is not in the registry.");
    }

    /// <summary>The champion: the model of the newest promotion. Null before the first promotion.</summary>
    public async Task<Champion?> FindChampionAsync(CancellationToken cancellation) => (await FindNewestAsync(cancellation))?.Champion;

    /// <summary>Makes a version the champion regardless of the current champion, and records the reason.</summary>
    public async Task<Champion> PromoteAsync(
        ModelVersion version, PromotionCause cause, string reason, double? pValue, CancellationToken cancellation)
    {
        var champion = ChampionOf(version, cause, reason, pValue);
        while (!await TryAppendAsync(await FindNewestAsync(cancellation), champion, cancellation))
        {
            // Others were promoted in between; the last of all is the champion.
        }

        return champion;
    }

    /// <summary>Makes a version the champion if <paramref name="before"/> (null for none) is still the champion.</summary>
    /// <returns>False if the champion is no longer <paramref name="before"/>. The caller must then decide again.</returns>
    public async Task<bool> TryPromoteAsync(
        ModelVersion version, Champion? before, PromotionCause cause, string reason, double? pValue, CancellationToken cancellation)
    {
        var newest = await FindNewestAsync(cancellation);
        return newest?.Champion == before && await TryAppendAsync(newest, ChampionOf(version, cause, reason, pValue), cancellation);
    }

    /// <summary>Returns to the previous champion.</summary>
    /// <exception cref="InvalidInputException">There is no earlier champion.</exception>
    public async Task<Champion> RollBackAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var history = await PromotionsAsync(top: null, cancellation).ToListAsync(cancellation);
            var champion = Before(history);
            if (await TryAppendAsync(history[0], champion, cancellation))
            {
                return champion;
            }
        }
    }

    /// <summary>
    /// The champion and the earlier champions that rollbacks can reach, in the order of the rollbacks. Empty before the first
    /// promotion.
    /// </summary>
    public async Task<ChampionsInReach> ChampionsInReachAsync(CancellationToken cancellation) =>
        ChampionsInReach.Of(await HistoryAsync(cancellation));

    /// <summary>The data sets of the versions of a run; null stands for Fashion-MNIST. Empty if the run has no versions.</summary>
    public async Task<IReadOnlyList<string?>> DatasetsOfAsync(string runId, CancellationToken cancellation)
    {
        var (first, end) = StorageNames.KeysOfRun(runId);
        return [.. (await VersionsAsync(first, end, cancellation)).Select(version => version.Dataset).Distinct()];
    }

    /// <summary>Deletes every version of a run. The history of promotions stays.</summary>
    public async Task RemoveRunAsync(string runId, CancellationToken cancellation)
    {
        var (first, end) = StorageNames.KeysOfRun(runId);
        foreach (var version in await VersionsAsync(first, end, cancellation))
        {
            await _table.DeleteEntityAsync(Versions, VersionKey(version.RunId, version.Model, version.Seed), Azure.ETag.All, cancellation);
        }
    }

    /// <summary>One page of the promotions, newest first.</summary>
    public async Task<Page<Champion>> ListPromotionsAsync(int top, string? continuation, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter<TableEntity>(entity => entity.PartitionKey == _promotions);
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages(continuation, top))
        {
            return new Page<Champion>(
                [.. page.Values.Select(Read<Champion>)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new Page<Champion>([], null);
    }

    /// <summary>Every promotion, newest first.</summary>
    public async Task<IReadOnlyList<Champion>> HistoryAsync(CancellationToken cancellation) =>
        await PromotionsAsync(top: null, cancellation).Select(promotion => promotion.Champion).ToListAsync(cancellation);

    private Champion ChampionOf(ModelVersion version, PromotionCause cause, string reason, double? pValue) =>
        new(version.RunId, version.Model, version.Seed, time.GetUtcNow(), cause, reason, pValue);

    /// <summary>The champion before the newest one of <paramref name="history"/>, as the entry of a rollback.</summary>
    private Champion Before(List<PromotionEntry> history)
    {
        if (ChampionsInReach.Of(history.Select(promotion => promotion.Champion)).Champions is not [var current, var before, ..])
        {
            throw new InvalidInputException("champion: there is no earlier champion to go back to.");
        }

        return before with
        {
            PromotedAt = time.GetUtcNow(),
            Cause = PromotionCause.RollBack,
            Reason = $"back from {current.Id}",
            PValue = null,
        };
    }

    /// <summary>The versions with keys from <paramref name="first"/> (inclusive) to <paramref name="end"/> (exclusive).</summary>
    private async Task<List<ModelVersion>> VersionsAsync(string first, string end, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Versions} and RowKey ge {first} and RowKey lt {end}");
        return await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Select(Read<ModelVersion>)
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Puts an entry behind <paramref name="newest"/>, where only one can stand: so promotions have one order, whatever the
    /// clocks of those who make them say, and none is lost.
    /// </summary>
    /// <returns>False if another entry exists there by now.</returns>
    private async Task<bool> TryAppendAsync(PromotionEntry? newest, Champion champion, CancellationToken cancellation)
    {
        var place = ((newest?.Place ?? long.MaxValue) - 1).ToString("D19", CultureInfo.InvariantCulture);
        var entity = Entity(_promotions, place, champion);
        var sender = Guid.NewGuid().ToString();
        entity[Sender] = sender;
        try
        {
            await _table.AddEntityAsync(entity, cancellation);
            return true;
        }
        catch (Azure.RequestFailedException e) when (e.Status == 409)
        {
            // It may be this very entry, sent again because the first answer was lost.
            var standing = await _table.GetEntityAsync<TableEntity>(_promotions, place, cancellationToken: cancellation);
            if (standing.Value.GetString(Sender) == sender)
            {
                return true;
            }

            _log.PromotedMeanwhile(champion.Id);
            return false;
        }
    }

    private async Task<PromotionEntry?> FindNewestAsync(CancellationToken cancellation) =>
        await PromotionsAsync(top: 1, cancellation).FirstOrDefaultAsync(cancellation);

    private async IAsyncEnumerable<PromotionEntry> PromotionsAsync(int? top, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter<TableEntity>(entity => entity.PartitionKey == _promotions);
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, top, cancellationToken: cancellation))
        {
            yield return new PromotionEntry(long.Parse(entity.RowKey, CultureInfo.InvariantCulture), Read<Champion>(entity));
        }
    }

    /// <summary>Other names no run and no model has, and storage refuses some of them as keys or in filters.</summary>
    private static bool CanExist(string runId, string model) =>
        RunIds.IsValid(runId) && model.Length <= LongestModel
            && model.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static string VersionKey(string runId, string model, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}|{model}|{seed}");

    private static TableEntity Entity<T>(string partition, string row, T document) => new(partition, row)
    {
        [Document] = JsonSerializer.Serialize(document, Json.Compact),
    };

    private static T Read<T>(TableEntity entity) => JsonSerializer.Deserialize<T>(entity.GetString(Document), Json.Compact)!;
}
