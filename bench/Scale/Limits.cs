namespace ServerlessFashion.Scale;

/// <summary>What Azure grants. Titles are those of the Microsoft Learn pages.</summary>
internal static class Limits
{
    /// <summary>One storage account, in requests a second: "Scalability and performance targets for standard storage accounts".</summary>
    public const double StorageRequests = 20_000;

    /// <summary>One partition of a table, in entities a second: "Scalability and performance targets for Table storage".</summary>
    public const double PartitionEntities = 2_000;

    /// <summary>Longest wait of a training step for a worker, in minutes: <c>DurableTimings.WaitForWorker</c> of the Functions app.</summary>
    public const int WaitForWorkerMinutes = 24 * 60;
}
