using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Chaos;

/// <summary>
/// The results of a run, each with its fingerprint: weights, exported models, predictions, split, evaluations with their history, the
/// report's document and its submissions, and the rows of the epochs. Ids and times do not count.
/// </summary>
internal sealed class RunFiles
{
    /// <summary>Ends of the names of files that must be equal byte for byte, except the run's id in their metadata.</summary>
    private static readonly string[] Exact = ["model.safetensors", "model.onnx", "predictions.csv", "split.json"];

    /// <summary>Ends of the names of documents that contain ids and times beside results.</summary>
    private static readonly string[] Documents = ["evaluation.json", "report/report.json"];

    private static readonly string[] IdsAndTimes =
    [
        "runId", "createdAt", "trainSeconds", "secondsPerEpoch", "testSeconds", "testMicrosecondsPerSample", "peakMemoryBytes", "seconds",
    ];

    private readonly SortedDictionary<string, string> _fingerprints = new(StringComparer.Ordinal);

    /// <summary>Number of files and rows.</summary>
    public int Count => _fingerprints.Count;

    /// <summary>Reads the results of a run that the emulator of a project kept. No command of the project may run.</summary>
    public static async Task<RunFiles> ReadAsync(ScratchProject project, string runId, CancellationToken cancellation)
    {
        await using var emulator = await Emulator.StartAsync(project.EmulatorData, cancellation);
        return await ReadAsync(emulator.ConnectionString, runId, cancellation);
    }

    /// <summary>Reads the results of a run.</summary>
    public static async Task<RunFiles> ReadAsync(string connection, string runId, CancellationToken cancellation)
    {
        var files = new RunFiles();
        var storage = FashionStorage.Connect(connection);
        var container = storage.Container(StorageNames.Runs);
        var folder = StorageNames.RunFolder(runId);
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder }, cancellation))
        {
            var name = blob.Name[folder.Length..];
            if (Array.Exists(Exact, name.EndsWith) || name.StartsWith("report/submission-", StringComparison.Ordinal))
            {
                files.Add(name, Fingerprint(await DownloadAsync(blob.Name), runId));
            }
            else if (Array.Exists(Documents, name.EndsWith))
            {
                files.Add(name, Fingerprint(await DownloadAsync(blob.Name)));
            }

            if (name.EndsWith("/evaluation.json", StringComparison.Ordinal))
            {
                await files.AddEpochsAsync(storage, runId, name, cancellation);
            }
        }

        return files;

        async Task<byte[]> DownloadAsync(string blob) =>
            (await container.GetBlobClient(blob).DownloadContentAsync(cancellation)).Value.Content.ToArray();
    }

    /// <summary>The names of results that differ or exist only once; empty if all are equal.</summary>
    public IReadOnlyList<string> Compare(RunFiles other) =>
        [.. _fingerprints.Keys.Union(other._fingerprints.Keys).Where(name =>
            _fingerprints.GetValueOrDefault(name) != other._fingerprints.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];

    private void Add(string name, string fingerprint) => _fingerprints.Add(name, fingerprint);

    /// <param name="evaluation">Such as <c>model4/seed-1/evaluation.json</c>.</param>
    private async Task AddEpochsAsync(FashionStorage storage, string runId, string evaluation, CancellationToken cancellation)
    {
        var (model, seed) = (evaluation.Split('/')[0], evaluation.Split('/')[1]["seed-".Length..]);
        var rows = await new EpochMetrics(storage).ListAsync(
            runId, model, int.Parse(seed, CultureInfo.InvariantCulture), after: 0, cancellation);
        foreach (var row in rows)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{model} seed {seed} epoch {row.Epoch}");
            Add(name, (row with { Seconds = 0, Use = null }).ToString());
        }
    }

    /// <summary>All ids have the same length, so blanking them keeps every other byte in its place.</summary>
    private static string Fingerprint(byte[] content, string runId)
    {
        var id = Encoding.UTF8.GetBytes(runId);
        var rest = content.AsSpan();
        for (var at = rest.IndexOf(id); at >= 0; at = rest.IndexOf(id))
        {
            rest.Slice(at, id.Length).Clear();
            rest = rest[(at + id.Length)..];
        }

        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string Fingerprint(byte[] json)
    {
        var document = JsonNode.Parse(json)!;
        RemoveIdsAndTimes(document);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }

    private static void RemoveIdsAndTimes(JsonNode? node)
    {
        if (node is JsonObject record)
        {
            Array.ForEach(IdsAndTimes, name => record.Remove(name));
            foreach (var (_, value) in record)
            {
                RemoveIdsAndTimes(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list)
            {
                RemoveIdsAndTimes(value);
            }
        }
    }
}
