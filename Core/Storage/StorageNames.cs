namespace ServerlessFashion.Storage;

/// <summary>
/// Names of containers, tables, queues and blobs: a contract with every program that reads a storage account of this system.
/// </summary>
public static class StorageNames
{
    public const string Datasets = "datasets";
    public const string Runs = "runs";
    public const string Models = "models";
    public const string Incoming = "incoming";
    public const string Predictions = "predictions";

    /// <summary>Queue of upload events: Event Grid adds one message for each blob that appears in <see cref="Incoming"/>.</summary>
    public const string IncomingEvents = "incoming-events";

    public const string RunsTable = "Runs";
    public const string EpochMetricsTable = "EpochMetrics";
    public const string ModelsTable = "Models";
    public const string PredictionsTable = "Predictions";

    public static IReadOnlyList<string> Containers { get; } = [Datasets, Runs, Models, Incoming, Predictions];

    public static IReadOnlyList<string> Tables { get; } = [RunsTable, EpochMetricsTable, ModelsTable, PredictionsTable];

    /// <summary>The blob that describes a registered data set, in its folder of the container <c>datasets</c>.</summary>
    public const string DatasetDescription = "dataset.json";

    /// <summary>A file of labelled images in the folder of a data set: the set is registered from it.</summary>
    public const string DatasetSource = "source.zip";

    /// <summary>Why a <see cref="DatasetSource"/> cannot become a data set.</summary>
    public const string DatasetSourceError = "source.error.json";

    /// <summary>Folder of a run in the container <c>runs</c>, with a trailing slash.</summary>
    public static string RunFolder(string runId) => $"{runId}/";

    /// <summary>The range of the table keys <c>{runId}|...</c>: from <c>First</c> (inclusive) to <c>End</c> (exclusive).</summary>
    public static (string First, string End) KeysOfRun(string runId) => ($"{runId}|", $"{runId}}}");

    /// <summary>Folder of one training in the container <c>runs</c>, with a trailing slash.</summary>
    public static string TrainingFolder(string runId, string model, int seed) => $"{runId}/{model}/seed-{seed}/";

    /// <summary>Folder of a run's report in the container <c>runs</c>, with a trailing slash.</summary>
    public static string ReportFolder(string runId) => $"{runId}/report/";
}
