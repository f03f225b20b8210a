using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Application;
using ServerlessFashion.Data;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>One orchestration for each version of a source of a data set. <see cref="SentSources"/> defines what an import does.</summary>
public sealed class ImportOrchestration(SentSources sources)
{
    [Function(nameof(ImportSource))]
    public static Task ImportSource([OrchestrationTrigger] TaskOrchestrationContext context, string name) =>
        context.CallActivityAsync(nameof(ImportDataset), name, StepRetry.Options(DurableTimings.Default.FirstRetry));

    [Function(nameof(ImportDataset))]
    public async Task ImportDataset([ActivityTrigger] string name, CancellationToken shutdown)
    {
        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        await sources.ImportAsync(name, shutdown);
    }
}

/// <summary>Starts the import of a source.</summary>
internal static class ImportStart
{
    /// <summary>
    /// Starts the import of a blob's current version. Nothing happens if the blob is no source, if it is gone, or if the import was started
    /// before.
    /// </summary>
    public static async Task StartImportAsync(this DurableTaskClient client, BlobClient blob, CancellationToken cancellation)
    {
        if (SentSources.FindName(blob.Name) is { } name && await FindVersionAsync(blob, cancellation) is { } version)
        {
            await client.StartOnceAsync(
                nameof(ImportOrchestration.ImportSource), name, $"import-{IdOf(name)}-{version}", cancellation);
        }
    }

    /// <summary>A folder that no set can have as its name may hold characters that no id can have, such as a slash.</summary>
    private static string IdOf(string name) =>
        DatasetDescription.IsName(name) ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>The ETag without quotes; null if the blob is gone.</summary>
    private static async Task<string?> FindVersionAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag.ToString("G").Trim('"');
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
