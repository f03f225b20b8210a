using System.IO.Compression;
using Azure.Storage.Blobs;
using ServerlessFashion.Data;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Datasets;

/// <summary>The four original files of Fashion-MNIST in the container <c>datasets</c>. Every step reads them there.</summary>
public sealed class DatasetStore(FashionStorage storage)
{
    public const string Prefix = "fashion-mnist/";

    private readonly BlobContainerClient _datasets = storage.Container(StorageNames.Datasets);

    /// <summary>True if all four files exist.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellation)
    {
        foreach (var name in FashionMnistFiles.Names)
        {
            if (!await _datasets.GetBlobClient(Prefix + name).ExistsAsync(cancellation))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Uploads the four files from a folder, packed with gzip.</summary>
    public async Task UploadAsync(FashionMnistFiles files, CancellationToken cancellation)
    {
        string[] paths = [files.TrainImages, files.TrainLabels, files.TestImages, files.TestLabels];
        foreach (var (name, path) in FashionMnistFiles.Names.Zip(paths))
        {
            await using var content = File.OpenRead(path);
            await using var packed = OriginalFile.IsGzip(content) ? null : await PackAsync(content, cancellation);
            await _datasets.GetBlobClient(Prefix + name).UploadAsync(packed ?? (Stream)content, overwrite: true, cancellation);
        }
    }

    private static async Task<MemoryStream> PackAsync(Stream content, CancellationToken cancellation)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await content.CopyToAsync(gzip, cancellation);
        }

        packed.Position = 0;
        return packed;
    }

    /// <summary>Reads and checks the whole data set.</summary>
    /// <exception cref="InvalidInputException">A file has the wrong content; the message names it.</exception>
    public async Task<FashionMnist> LoadAsync(CancellationToken cancellation)
    {
        var files = new List<(string Name, Stream Content)>();
        foreach (var name in FashionMnistFiles.Names)
        {
            var content = await _datasets.GetBlobClient(Prefix + name).DownloadContentAsync(cancellation);
            files.Add((name, content.Value.Content.ToStream()));
        }

        return FashionMnist.Load(files);
    }
}
