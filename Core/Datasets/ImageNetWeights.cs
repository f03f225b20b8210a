using System.Globalization;
using System.Security.Cryptography;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Datasets;

/// <summary>
/// torchvision's ImageNet weights of ResNet50 (IMAGENET1K_V1). The eight hex digits in the file's name are the start of its
/// SHA-256. Every copy is checked against them.
/// </summary>
public sealed class ImageNetWeights(string folder, HttpClient http)
{
    public const string FileName = "resnet50-0676ba61.pth";

    private const string HashStart = "0676ba61";
    private const string Blob = "weights/" + FileName;

    private static readonly Uri Source = new("https://download.pytorch.org/models/" + FileName);

    /// <summary>The path of the local copy. The file need not exist.</summary>
    public string LocalPath => Path.Combine(folder, FileName);

    /// <summary>
    /// Copies the weights into the container <c>datasets</c>, from the local copy or by download. A run continues without them.
    /// </summary>
    /// <returns>The blob or null, and a note for the report that names the weights or the reason for their absence.</returns>
    public async Task<(string? Blob, string Note)> PrepareAsync(
        FashionStorage storage, IProgress<string> progress, CancellationToken cancellation)
    {
        try
        {
            var blob = storage.Container(StorageNames.Datasets).GetBlobClient(Blob);
            if (!await blob.ExistsAsync(cancellation))
            {
                await blob.UploadAsync(await GetAsync(progress, cancellation), overwrite: true, cancellation);
            }

            return (Blob, $"ImageNet ({FileName})");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidInputException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, $"random (ImageNet weights unavailable: {e.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Returns the path of a checked local copy, and downloads it (98 MB) if it is missing.</summary>
    /// <exception cref="HttpRequestException">The download failed.</exception>
    /// <exception cref="InvalidInputException">The content of the file is not the expected one.</exception>
    public async Task<string> GetAsync(IProgress<string> progress, CancellationToken cancellation)
    {
        if (!File.Exists(LocalPath))
        {
            await DownloadAsync(progress, cancellation);
        }

        await CheckAsync(LocalPath, cancellation);
        return LocalPath;
    }

    private async Task DownloadAsync(IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report($"downloading {Source}");
        Directory.CreateDirectory(folder);
        var partial = LocalPath + ".partial";
        using (var response = await http.GetAsync(Source, HttpCompletionOption.ResponseHeadersRead, cancellation))
        {
            response.EnsureSuccessStatusCode();
            await using var file = File.Create(partial);
            await response.Content.CopyToAsync(file, cancellation);
        }

        await CheckAsync(partial, cancellation);
        File.Move(partial, LocalPath, overwrite: true);
    }

    private static async Task CheckAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        if (!hash.StartsWith(HashStart, StringComparison.Ordinal))
        {
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: expected a SHA-256 that starts with {HashStart}, found {hash[..8]} in {file.Length} bytes; "
                + $"delete the file to download it again."));
        }
    }
}
