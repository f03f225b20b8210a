namespace ServerlessFashion.Scale;

/// <summary>The limits of Azure. Titles are those of the Microsoft Learn pages.</summary>
internal static class Limits
{
    /// <summary>
    /// One storage account, in requests a second: "Scalability and performance targets for standard storage accounts". In the
    /// regions that the page lists it is 40,000, and the next two are 60 and 200.
    /// </summary>
    public const double StorageRequests = 20_000;

    /// <summary>Into one storage account, in gigabits a second: the same page.</summary>
    public const double StorageIngress = 25;

    /// <summary>Out of one storage account, in gigabits a second: the same page.</summary>
    public const double StorageEgress = 50;

    /// <summary>One partition of a table, in entities a second: "Scalability and performance targets for Table storage".</summary>
    public const double PartitionEntities = 2_000;

    /// <summary>Longest wait of a training step for a worker, in minutes: <c>DurableTimings.WaitForWorker</c>.</summary>
    public const int WaitForWorkerMinutes = 24 * 60;
}
