using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ServerlessFashion.Storage.Requests;

/// <summary>How all clients of the storage account send their requests.</summary>
internal static class StorageRequests
{
    /// <summary>A connection that went dead without a word counts as failed after this time, unless bytes flow.</summary>
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(30);

    /// <param name="waits">Reports requests that wait; null for none.</param>
    public static BlobClientOptions Configure(BlobClientOptions options, StorageWaits? waits)
    {
        // A slash at the start or end of a blob name belongs to the name. By default the client trims it and uses another blob.
        options.TrimBlobNameSlashes = false;
        Add(options, waits);
        return options;
    }

    /// <inheritdoc cref="Configure(BlobClientOptions, StorageWaits?)"/>
    public static TableClientOptions Configure(TableClientOptions options, StorageWaits? waits)
    {
        Add(options, waits);
        return options;
    }

    private static void Add(ClientOptions options, StorageWaits? waits)
    {
        options.RetryPolicy = new PatientRetryPolicy(TimeProvider.System);
        options.Retry.NetworkTimeout = NetworkTimeout;
        if (waits is not null)
        {
            options.AddPolicy(new WaitingRequestPolicy(waits), HttpPipelinePosition.PerCall);
            options.AddPolicy(new WaitingAttemptPolicy(), HttpPipelinePosition.PerRetry);
        }

        options.AddPolicy(new SilentAttemptPolicy(), HttpPipelinePosition.PerRetry);
    }
}
