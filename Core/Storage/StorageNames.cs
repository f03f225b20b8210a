namespace ServerlessFashion.Storage;

/// <summary>Containers, tables, queues and blob paths: a contract with everything that reads a storage account of this system.</summary>
public static class StorageNames
{
    public const string Datasets = "datasets";
    public const string Runs = "runs";
    public const string Models = "models";
    public const string Incoming = "incoming";
    public const string Predictions = "predictions";

    public const string RunsTable = "Runs";
    public const string EpochMetricsTable = "EpochMetrics";
    public const string ModelsTable = "Models";
    public const string PredictionsTable = "Predictions";

    /// <summary>Queue in which Event Grid announces uploads.</summary>
    public const string IncomingEvents = "incoming-events";

    public static IReadOnlyList<string> Containers { get; } = [Datasets, Runs, Models, Incoming, Predictions];

    public static IReadOnlyList<string> Tables { get; } = [RunsTable, EpochMetricsTable, ModelsTable, PredictionsTable];

    /// <summary>Folder of one training in container <c>runs</c>, with a slash at its end.</summary>
    public static string TrainingFolder(string runId, string model, int seed) => $"{runId}/{model}/seed-{seed}/";

    /// <summary>Folder of a run's report in container <c>runs</c>, with a slash at its end.</summary>
    public static string ReportFolder(string runId) => $"{runId}/report/";
}
