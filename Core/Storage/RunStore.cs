using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage;

/// <summary>
/// The runs, their status and their cancel flags. Table <c>Runs</c> contains each run twice: under its id, and in an index that
/// lists the newest first. <see cref="RunDefinitions"/> says what a run trains. No reader finds a run whose deletion has begun.
/// </summary>
public sealed class RunStore(FashionStorage storage, RunDefinitions definitions, ILogger<RunStore>? log = null)
{
    private const string NewestFirst = "newest-first";

    private readonly TableClient _table = storage.Table(StorageNames.RunsTable);
    private readonly ILogger _log = log ?? NullLogger<RunStore>.Instance;

    /// <summary>
    /// Stores a new run with its definition. If a run of this id exists, nothing changes, and the method returns that run.
    /// </summary>
    public async Task<RunRecord> CreateAsync(RunRecord run, RunDefinition definition, CancellationToken cancellation)
    {
        var stored = await FindEntityAsync(run.Id, cancellation) is null
            ? await AddAsync(run, definition, cancellation)
            : await GetAsync(run.Id, cancellation);
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
        await FindEntityAsync(id, cancellation) is { } entity && !RunRow.IsDeleted(entity) ? RunRow.Read(entity) : null;

    /// <summary>The run with this id whose deletion has begun but not ended, or null if there is none.</summary>
    public async Task<RunRecord?> FindDeletedAsync(string id, CancellationToken cancellation) =>
        await FindEntityAsync(id, cancellation) is { } entity && RunRow.IsDeleted(entity) ? RunRow.Read(entity) : null;

    /// <exception cref="InvalidInputException">The run does not exist.</exception>
    public async Task<RunRecord> GetAsync(string id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw RunRow.Unknown(id);

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
            $"PartitionKey eq {RunRow.Partition} and (Status eq {nameof(RunStatus.Pending)} or Status eq {nameof(RunStatus.Running)})");
        var runs = new List<RunRecord>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            runs.Add(RunRow.Read(entity));
        }

        return [.. runs.OrderBy(run => run.CreatedAt)];
    }

    /// <summary>Changes a run by <paramref name="change"/>. Applies the change again if another writer interfered.</summary>
    /// <exception cref="InvalidOperationException">The change is not a valid transition.</exception>
    /// <exception cref="InvalidInputException">The run does not exist.</exception>
    public async Task<RunRecord> UpdateAsync(string id, Func<RunRecord, RunRecord> change, CancellationToken cancellation)
    {
        var ends = false;
        var after = RunRow.Read(await ReplaceAsync(
            id,
            entity =>
            {
                var before = RunRow.IsDeleted(entity) ? throw RunRow.Unknown(id) : RunRow.Read(entity);
                var changed = Change(before, change);
                ends = changed.IsFinished && !before.IsFinished;
                return changed == before ? entity : RunRow.Write(changed, entity);
            },
            cancellation));
        if (ends)
        {
            // Steps, the local runner and the application end runs. Every end passes here exactly once.
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
        RunRow.IsDeleted(await ReplaceAsync(id, RunRow.Hide, cancellation));

    /// <summary>Undoes the beginning of a deletion.</summary>
    public Task RestoreAsync(string id, CancellationToken cancellation) =>
        ReplaceAsync(id, entity => RunRow.Write(RunRow.Read(entity), entity), cancellation);

    /// <summary>Completes a deletion: removes both rows of a run, and the row under its id last.</summary>
    public async Task RemoveAsync(RunRecord run, CancellationToken cancellation)
    {
        await _table.DeleteEntityAsync(NewestFirst, IndexKey(run), ETag.All, cancellation);
        await _table.DeleteEntityAsync(RunRow.Partition, run.Id, ETag.All, cancellation);
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

    private async Task<RunRecord> AddAsync(RunRecord run, RunDefinition definition, CancellationToken cancellation)
    {
        // The definition first: a run that has a row has a definition.
        var defined = await definitions.CreateAsync(run.Id, definition, cancellation);
        var added = run.With(defined.Configuration);
        try
        {
            await _table.AddEntityAsync(RunRow.Write(added, before: null), cancellation);
            return added;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another request with the same key came first.
            return await GetAsync(run.Id, cancellation);
        }
    }

    private Task<TableEntity?> FindEntityAsync(string id, CancellationToken cancellation) => RunRow.FindAsync(_table, id, cancellation);

    /// <summary>Replaces a run's row. Tries again if another writer interfered.</summary>
    /// <param name="change">Returns the new row, or the same row if there is nothing to write.</param>
    private async Task<TableEntity> ReplaceAsync(string id, Func<TableEntity, TableEntity> change, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await FindEntityAsync(id, cancellation) ?? throw RunRow.Unknown(id);
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

    private static string IndexKey(RunRecord run) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - run.CreatedAt.UtcTicks:D19}-{run.Id}");
}
