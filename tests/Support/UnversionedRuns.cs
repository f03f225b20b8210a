using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>
/// Two real runs, stored by the last version before runs had definitions: their rows, epochs and blobs. Left out is what no test reads
/// (weights, ONNX models, predictions, all of the report but <c>report.json</c>), and the tensors of the checkpoint are zeros.
/// </summary>
internal static class UnversionedRuns
{
    /// <summary>
    /// <c>compare --preset smoke --models model1,model4-slim,strong --seeds 2 --epochs model1=2 model4-slim=2 strong=1</c>, with a vote of
    /// the two strong networks.
    /// </summary>
    public const string Completed = "20261128-022246-d76929dc";

    /// <summary><c>compare --preset smoke --models model1 --epochs model1=3 --budget 15m</c>, killed after its first epoch.</summary>
    public const string Interrupted = "20261128-022124-1f0887a5";

    private const string Archive = "UnversionedRuns.zip";
    private const string TablesFolder = "tables/";

    /// <summary>Puts both runs into a storage account.</summary>
    public static async Task LoadAsync(FashionStorage storage)
    {
        await using var archive = Open();
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.StartsWith(TablesFolder, StringComparison.Ordinal))
            {
                await AddRowsAsync(storage.Table(Path.GetFileNameWithoutExtension(entry.Name)), Read(entry));
            }
            else
            {
                var (container, blob) =
                    (entry.FullName.Split('/')[0], entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..]);
                await storage.Container(container).GetBlobClient(blob)
                    .UploadAsync(new BinaryData(Read(entry)), TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The stored content of a blob of container <c>runs</c>.</summary>
    public static JsonElement ReadJson(string blob)
    {
        using var archive = Open();
        return JsonElement.Parse(Read(archive.GetEntry($"runs/{blob}")!));
    }

    private static ZipArchive Open() => new(new MemoryStream(EmbeddedFile.Read(typeof(UnversionedRuns), Archive)));

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private static async Task AddRowsAsync(TableClient table, byte[] json)
    {
        foreach (var row in JsonElement.Parse(json).EnumerateArray())
        {
            var entity = new TableEntity(row.EnumerateObject().ToDictionary(column => column.Name, column => ValueOf(column.Value)));
            await table.AddEntityAsync(entity, TestContext.Current.CancellationToken);
        }
    }

    private static object ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Object => value.GetProperty("date").GetDateTimeOffset(),
        _ => value.GetString()!,
    };
}
