using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Storage;

/// <summary>
/// The index of table <c>Runs</c>: one row for each run with its id, the newest run first. A page of the newest runs is thus read
/// without reading the others.
/// </summary>
internal sealed class RunIndex(TableClient table)
{
    private const string Partition = "newest-first";
    private const string IdColumn = "RunId";

    /// <summary>Adds a run. The same run a second time changes nothing.</summary>
    public Task AddAsync(RunRecord run, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition, KeyOf(RunOrder.NewestFirst.PositionOf(run))) { [IdColumn] = run.Id }, TableUpdateMode.Replace,
        cancellation);

    public Task RemoveAsync(RunRecord run, CancellationToken cancellation) =>
        table.DeleteEntityAsync(Partition, KeyOf(RunOrder.NewestFirst.PositionOf(run)), ETag.All, cancellation);

    /// <summary>The places of the runs in the order <see cref="RunOrder.NewestFirst"/>.</summary>
    /// <param name="after">Only the runs after this place; null for all.</param>
    /// <param name="pageSize">Most rows of one request.</param>
    public IAsyncEnumerable<RunPosition> ListAsync(RunPosition? after, int pageSize, CancellationToken cancellation)
    {
        var first = after is null ? "" : KeyOf(after);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {first}");
        return table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: cancellation).Select(PositionOf);
    }

    private static string KeyOf(RunPosition position) => string.Create(
        CultureInfo.InvariantCulture, $"{long.MaxValue - long.Parse(position.Created, CultureInfo.InvariantCulture):D19}-{position.Id}");

    private static RunPosition PositionOf(TableEntity entry)
    {
        var ticks = long.MaxValue - long.Parse(entry.RowKey.Split('-')[0], CultureInfo.InvariantCulture);
        var created = RunPosition.Sortable(new DateTimeOffset(ticks, TimeSpan.Zero));
        return new RunPosition(created, created, entry.GetString(IdColumn));
    }
}
