using System.Globalization;
using Azure.Data.Tables;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Storage;

/// <summary>One epoch of one training of a run.</summary>
public sealed record EpochMetric(string Model, int Seed, EpochRow Row);

/// <summary>
/// Table <c>EpochMetrics</c>: one row per epoch, PartitionKey <c>{runId}|{model}|{seed}</c>, RowKey the zero-padded epoch.
/// </summary>
public sealed class EpochMetrics(FashionStorage storage)
{
    private const int MostInTransaction = 100;

    private readonly TableClient _table = storage.Table(StorageNames.EpochMetricsTable);

    /// <summary>Writes the row over an existing row of the same epoch. Without a use of the machine, the existing one stays.</summary>
    public Task PutAsync(string runId, EpochMetric metric, CancellationToken cancellation)
    {
        var row = metric.Row;
        var entity = new TableEntity(Partition(runId, metric.Model, metric.Seed), RowKey(row.Epoch))
        {
            ["Phase"] = row.Phase,
            ["TrainLoss"] = row.TrainLoss,
            ["TrainAccuracy"] = row.TrainAccuracy,
            ["ValidationLoss"] = row.ValidationLoss,
            ["ValidationAccuracy"] = row.ValidationAccuracy,
            ["LearningRate"] = row.LearningRate,
            ["Seconds"] = row.Seconds,
        };
        if (row.Use is { } use)
        {
            entity["CpuSeconds"] = use.CpuSeconds;
            entity["MemoryBytes"] = use.MemoryBytes;
            // A property without a value is not stored.
            entity["GpuBusyShare"] = use.Gpu?.BusyShare;
            entity["GpuMemoryBytes"] = use.Gpu?.MemoryBytes;
        }

        // A row that a later process writes again does not know the use any more.
        return _table.UpsertEntityAsync(entity, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>The rows of one training after epoch <paramref name="after"/>, in order.</summary>
    public async Task<IReadOnlyList<EpochRow>> ListAsync(string runId, string model, int seed, int after, CancellationToken cancellation)
    {
        var partition = Partition(runId, model, seed);
        var first = RowKey(after + 1);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first}");
        var rows = new List<EpochRow>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var row = new EpochRow(
                int.Parse(entity.RowKey, CultureInfo.InvariantCulture),
                entity.GetString("Phase"),
                Number(entity, "TrainLoss"), Number(entity, "TrainAccuracy"),
                Number(entity, "ValidationLoss"), Number(entity, "ValidationAccuracy"),
                Number(entity, "LearningRate"), Number(entity, "Seconds"));
            rows.Add(row with { Use = UseOf(entity) });
        }

        return rows;
    }

    /// <summary>Deletes the rows of every training of a run.</summary>
    public async Task DeleteAsync(string runId, CancellationToken cancellation)
    {
        var (first, end) = StorageNames.KeysOfRun(runId);
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");
        string[] keys = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, MostInTransaction, keys, cancellation).AsPages())
        {
            foreach (var training in page.Values.GroupBy(row => row.PartitionKey))
            {
                var deletions = training.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row));
                await _table.SubmitTransactionAsync(deletions, cancellation);
            }
        }
    }

    private static ResourceUse? UseOf(TableEntity entity) =>
        entity.GetDouble("CpuSeconds") is { } cpu && entity.GetInt64("MemoryBytes") is { } memory
            ? new ResourceUse(cpu, memory, GpuUseOf(entity))
            : null;

    private static GpuUse? GpuUseOf(TableEntity entity)
    {
        var use = new GpuUse(entity.GetDouble("GpuBusyShare"), entity.GetInt64("GpuMemoryBytes"));
        return use is { BusyShare: null, MemoryBytes: null } ? null : use;
    }

    private static double Number(TableEntity entity, string column) => entity.GetDouble(column) ?? double.NaN;

    private static string Partition(string runId, string model, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}|{model}|{seed}");

    private static string RowKey(int epoch) => epoch.ToString("D6", CultureInfo.InvariantCulture);
}
