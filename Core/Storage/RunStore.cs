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
public sealed class RunStore
{
    private readonly FashionStorage _storage;
    private readonly RunDefinitions _definitions;
    private readonly TableClient _table;
    private readonly RunIndex _index;
    private readonly RunList _list;
    private readonly ILogger _log;

    public RunStore(FashionStorage storage, RunDefinitions definitions, ILogger<RunStore>? log = null)
    {
        _storage = storage;
        _definitions = definitions;
        _table = storage.Table(StorageNames.RunsTable);
        _index = new RunIndex(_table);
        _list = new RunList(_table, _index);
        _log = log ?? NullLogger<RunStore>.Instance;
    }

    /// <summary>
    /// Stores a new run with its definition. If a run of this id exists, nothing changes, and the method returns that run.
    /// </summary>
    public async Task<RunRecord> CreateAsync(RunRecord run, RunDefinition definition, CancellationToken cancellation)
    {
        var stored = await FindEntityAsync(run.Id, cancellation) is null
            ? await AddAsync(run, definition, cancellation)
            : await GetAsync(run.Id, cancellation);
        // Also if the run existed: the process that created it may have died before this line.
        await _index.AddAsync(stored, cancellation);
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

    /// <summary>One page of the runs that match a filter.</summary>
    /// <param name="continuation">The value of the page before; null for the first page.</param>
    /// <exception cref="InvalidInputException">The continuation does not come from a list of this order.</exception>
    public Task<Page<RunRecord>> ListAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation) =>
        _list.ReadAsync(filter, order, top, continuation, cancellation);

    /// <summary>One page of all runs, the newest first.</summary>
    public Task<Page<RunRecord>> ListAsync(int top, string? continuation, CancellationToken cancellation) =>
        ListAsync(RunFilter.All, RunOrder.NewestFirst, top, continuation, cancellation);

    /// <summary>The run that was created last; null if there are no runs.</summary>
    public async Task<RunRecord?> FindNewestAsync(CancellationToken cancellation)
    {
        await foreach (var position in _index.ListAsync(after: null, pageSize: 1, cancellation))
        {
            if (await FindAsync(position.Id, cancellation) is { } run)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>The runs whose id begins with a prefix, by id.</summary>
    /// <param name="prefix">Characters that ids consist of; other prefixes find nothing.</param>
    public async Task<IReadOnlyList<RunRecord>> FindByPrefixAsync(string prefix, int most, CancellationToken cancellation) =>
        RunIds.IsValid(prefix)
            ? await _list.ReadAsync(RunRow.WithPrefix(prefix), cancellation).Take(most).ToListAsync(cancellation)
            : [];

    /// <summary>The runs of that name, by id.</summary>
    public async Task<IReadOnlyList<RunRecord>> FindByNameAsync(string name, int most, CancellationToken cancellation) =>
        await _list.ReadAsync(RunRow.WithName(name), cancellation).Take(most).ToListAsync(cancellation);

    /// <summary>The runs that have not ended, oldest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListUnfinishedAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {RunRow.Partition} and (Status eq {nameof(RunStatus.Pending)} or Status eq {nameof(RunStatus.Running)})");
        return [.. (await _list.ReadAsync(filter, cancellation).ToListAsync(cancellation)).OrderBy(run => run.CreatedAt)];
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
        await _index.RemoveAsync(run, cancellation);
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
        _storage.Container(StorageNames.Runs).GetBlobClient($"{id}/cancel");

    private async Task<RunRecord> AddAsync(RunRecord run, RunDefinition definition, CancellationToken cancellation)
    {
        // The definition first: a run that has a row has a definition.
        var defined = await _definitions.CreateAsync(run.Id, definition, cancellation);
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
}
