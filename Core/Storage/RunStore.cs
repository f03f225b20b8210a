using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage;

/// <summary>
/// The runs, their status and their cancel flags. Table <c>Runs</c> contains each run twice: under its id, and in an index that
/// lists the newest first. No reader finds a run whose deletion has begun.
/// </summary>
public sealed class RunStore(FashionStorage storage, ILogger<RunStore>? log = null)
{
    private const string ById = "run";
    private const string NewestFirst = "newest-first";
    private const string ConfigurationColumn = "Configuration";
    private const string DeletedColumn = "Deleted";

    private readonly TableClient _table = storage.Table(StorageNames.RunsTable);
    private readonly ILogger _log = log ?? NullLogger<RunStore>.Instance;

    /// <summary>Stores a new run. If a run of this id exists, nothing changes, and the method returns that run.</summary>
    public async Task<RunRecord> CreateAsync(RunRecord run, CancellationToken cancellation)
    {
        var stored = run;
        try
        {
            await _table.AddEntityAsync(ToEntity(run), cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            stored = await GetAsync(run.Id, cancellation);
        }

        // Also if the run existed: the process that created it may have died before this line.
        var index = new TableEntity(NewestFirst, IndexKey(stored))
        {
            ["RunId"] = stored.Id,
        };
        await _table.UpsertEntityAsync(index, TableUpdateMode.Replace, cancellation);
        return stored;
    }

    /// <summary>The run with this id, or null if there is none.</summary>
    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancellation) =>
        await FindEntityAsync(id, cancellation) is { } entity && !IsDeleted(entity) ? FromEntity(entity) : null;

    /// <summary>The run with this id whose deletion has begun but not ended, or null if there is none.</summary>
    public async Task<RunRecord?> FindDeletedAsync(string id, CancellationToken cancellation) =>
        await FindEntityAsync(id, cancellation) is { } entity && IsDeleted(entity) ? FromEntity(entity) : null;

    /// <exception cref="InvalidInputException">The run does not exist.</exception>
    public async Task<RunRecord> GetAsync(string id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw Unknown(id);

    /// <summary>The newest runs first.</summary>
    public async Task<Page<RunRecord>> ListAsync(int top, string? continuation, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter<TableEntity>(entity => entity.PartitionKey == NewestFirst);
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages(continuation, top))
        {
            var runs = new List<RunRecord>();
            foreach (var entry in page.Values)
            {
                if (await FindAsync(entry.GetString("RunId"), cancellation) is { } run)
                {
                    runs.Add(run);
                }
            }

            return new Page<RunRecord>(runs, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new Page<RunRecord>([], null);
    }

    /// <summary>The runs that have not ended, oldest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListUnfinishedAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {ById} and (Status eq {nameof(RunStatus.Pending)} or Status eq {nameof(RunStatus.Running)})");
        var runs = new List<RunRecord>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            runs.Add(FromEntity(entity));
        }

        return [.. runs.OrderBy(run => run.CreatedAt)];
    }

    /// <summary>Changes a run by <paramref name="change"/>. Applies the change again if another writer interfered.</summary>
    /// <exception cref="InvalidOperationException">The change is not a valid transition.</exception>
    /// <exception cref="InvalidInputException">The run does not exist.</exception>
    public async Task<RunRecord> UpdateAsync(string id, Func<RunRecord, RunRecord> change, CancellationToken cancellation)
    {
        var ends = false;
        var after = FromEntity(await ReplaceAsync(
            id,
            entity =>
            {
                var before = IsDeleted(entity) ? throw Unknown(id) : FromEntity(entity);
                var changed = Change(before, change);
                ends = changed.IsFinished && !before.IsFinished;
                return changed == before ? entity : ToEntity(changed);
            },
            cancellation));
        if (ends)
        {
            // Steps, the local runner and the application end runs. Here each end is seen, and seen once.
            PipelineTelemetry.CountEnded(after.Status);
        }

        return after;
    }

    /// <summary>
    /// Begins the deletion of an ended run. No reader finds the run after that, unless <see cref="RestoreAsync"/> restores it. A
    /// run that has not ended does not change.
    /// </summary>
    /// <returns>True if the run is hidden.</returns>
    public async Task<bool> HideAsync(string id, CancellationToken cancellation) =>
        IsDeleted(await ReplaceAsync(id, Hide, cancellation));

    /// <summary>Undoes the beginning of a deletion.</summary>
    public Task RestoreAsync(string id, CancellationToken cancellation) =>
        ReplaceAsync(id, entity => ToEntity(FromEntity(entity)), cancellation);

    /// <summary>Completes a deletion: removes both rows of a run, and the row under its id last.</summary>
    public async Task RemoveAsync(RunRecord run, CancellationToken cancellation)
    {
        await _table.DeleteEntityAsync(NewestFirst, IndexKey(run), ETag.All, cancellation);
        await _table.DeleteEntityAsync(ById, run.Id, ETag.All, cancellation);
    }

    /// <summary>Sets the flag that every step of the run reads between batches.</summary>
    public Task RequestCancelAsync(string id, CancellationToken cancellation) =>
        CancelFlag(id).UploadAsync(BinaryData.Empty, overwrite: true, cancellation);

    public Task ClearCancelAsync(string id, CancellationToken cancellation) =>
        CancelFlag(id).DeleteIfExistsAsync(cancellationToken: cancellation);

    public async Task<bool> IsCancelRequestedAsync(string id, CancellationToken cancellation) =>
        await CancelFlag(id).ExistsAsync(cancellation);

    private Azure.Storage.Blobs.BlobClient CancelFlag(string id) =>
        storage.Container(StorageNames.Runs).GetBlobClient($"{id}/cancel");

    private async Task<TableEntity?> FindEntityAsync(string id, CancellationToken cancellation)
    {
        if (!RunIds.IsValid(id))
        {
            return null;
        }

        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ById, id, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Replaces a run's row. Tries again if another writer interfered.</summary>
    /// <param name="change">Returns the new row, or the same row if there is nothing to write.</param>
    private async Task<TableEntity> ReplaceAsync(string id, Func<TableEntity, TableEntity> change, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await FindEntityAsync(id, cancellation) ?? throw Unknown(id);
            var after = change(before);
            try
            {
                if (after != before)
                {
                    await _table.UpdateEntityAsync(after, before.ETag, TableUpdateMode.Replace, cancellation);
                }

                return after;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Another writer changed it: read again.
                _log.RunChangedMeanwhile(id);
            }
        }
    }

    private static RunRecord Change(RunRecord before, Func<RunRecord, RunRecord> change)
    {
        var after = change(before);
        return RunTransitions.IsValid(before.Status, after.Status)
            ? after
            : throw new InvalidOperationException($"Run {before.Id} cannot go from {before.Status} to {after.Status}.");
    }

    private static TableEntity Hide(TableEntity entity)
    {
        if (FromEntity(entity) is not { IsFinished: true } run || IsDeleted(entity))
        {
            return entity;
        }

        var hidden = ToEntity(run);
        hidden[DeletedColumn] = true;
        return hidden;
    }

    private static InvalidInputException Unknown(string id) => new($"run: '{id}' does not exist; `fashion runs` lists the runs.");

    private static string IndexKey(RunRecord run) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - run.CreatedAt.UtcTicks:D19}-{run.Id}");

    private static bool IsDeleted(TableEntity entity) => entity.GetBoolean(DeletedColumn) == true;

    private static TableEntity ToEntity(RunRecord run) => new(ById, run.Id)
    {
        ["Status"] = run.Status.ToString(),
        ["CreatedAt"] = run.CreatedAt,
        ["StartedAt"] = run.StartedAt,
        ["FinishedAt"] = run.FinishedAt,
        ["Winner"] = run.Winner,
        ["Error"] = run.Error,
        [ConfigurationColumn] = JsonSerializer.Serialize(run.Configuration, Json.Compact),
    };

    private static RunRecord FromEntity(TableEntity entity) => new()
    {
        Id = entity.RowKey,
        Status = Enum.Parse<RunStatus>(entity.GetString("Status")),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt")!.Value,
        StartedAt = entity.GetDateTimeOffset("StartedAt"),
        FinishedAt = entity.GetDateTimeOffset("FinishedAt"),
        Winner = entity.GetString("Winner"),
        Error = entity.GetString("Error"),
        Configuration = JsonSerializer.Deserialize<RunConfiguration>(entity.GetString(ConfigurationColumn), Json.Compact)!,
    };
}
