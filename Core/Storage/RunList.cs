using Azure.Data.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Storage;

/// <summary>Selects and sorts the runs of table <c>Runs</c>. All that a list shows is in the row of the run.</summary>
internal sealed class RunList(TableClient table, RunIndex index)
{
    private const int SideBySide = 16;
    private const int MostInPage = 1000;

    /// <summary>
    /// One page. The newest runs without a filter cost a few requests, however many runs there are. Any other list reads the rows
    /// of all runs, 1,000 in a request.
    /// </summary>
    /// <exception cref="InvalidInputException"><paramref name="continuation"/> does not come from a list of this order.</exception>
    public Task<Page<RunRecord>> ReadAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation)
    {
        var after = continuation is null ? null : RunPosition.Parse(continuation, order);
        return filter == RunFilter.All && order == RunOrder.NewestFirst
            ? ReadNewestAsync(after, top, cancellation)
            : ScanAsync(filter, order, after, top, cancellation);
    }

    private async Task<Page<RunRecord>> ReadNewestAsync(RunPosition? after, int top, CancellationToken cancellation)
    {
        var found = await index.ListAsync(after, Math.Min(top + 1, MostInPage), cancellation).Take(top + 1).ToListAsync(cancellation);
        var listed = found.Take(top).ToList();
        var rows = await ReadRowsAsync([.. listed.Select(position => position.Id)], cancellation);
        var runs = listed.Select(position => rows.GetValueOrDefault(position.Id)).OfType<RunRecord>();
        return new Page<RunRecord>([.. runs], found.Count > top ? listed[^1].Format(RunOrder.NewestFirst) : null);
    }

    private async Task<Page<RunRecord>> ScanAsync(
        RunFilter filter, RunOrder order, RunPosition? after, int top, CancellationToken cancellation)
    {
        var found = await ReadAsync(RunRow.With(filter.Status, filter.Since), cancellation)
            .Where(filter.Matches)
            .Select(run => (Run: run, Position: order.PositionOf(run)))
            .Where(entry => after is null || order.Compare(entry.Position, after) > 0)
            .ToListAsync(cancellation);
        var page = found.OrderBy(entry => entry.Position, order).Take(top).ToList();
        return new Page<RunRecord>(
            [.. page.Select(entry => entry.Run)], found.Count > top ? page[^1].Position.Format(order) : null);
    }

    /// <summary>
    /// The rows of those ids by id. The ids of neighbours in time are neighbours in the table too, so one query reads them. The ids
    /// of idempotency keys are not, and are read side by side.
    /// </summary>
    private async Task<Dictionary<string, RunRecord>> ReadRowsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var rows = new Dictionary<string, RunRecord>();
        var timed = ids.Where(RunIds.IsTimed).Order(StringComparer.Ordinal).ToList();
        if (timed is [var first, .., var last])
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {RunRow.Partition} and RowKey ge {first} and RowKey le {last}");
            await foreach (var run in ReadAsync(filter, cancellation))
            {
                rows[run.Id] = run;
            }
        }

        var single = timed.Count > 1 ? ids.Where(id => !RunIds.IsTimed(id)) : ids;
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
        await Parallel.ForEachAsync(single, options, async (id, stop) =>
        {
            if (await RunRow.FindAsync(table, id, stop) is { } row && !RunRow.IsDeleted(row))
            {
                lock (rows)
                {
                    rows[id] = RunRow.Read(row);
                }
            }
        });
        return rows;
    }

    /// <summary>The runs that a query finds, without those whose deletion has begun.</summary>
    public IAsyncEnumerable<RunRecord> ReadAsync(string filter, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Where(row => !RunRow.IsDeleted(row)).Select(RunRow.Read);
}
