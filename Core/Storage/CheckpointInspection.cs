using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;

namespace ServerlessFashion.Storage;

/// <summary>Compares checkpoint blobs with what was written, and keeps a copy of damaged ones for examination.</summary>
/// <param name="damaged">Folder for the copies.</param>
internal sealed class CheckpointInspection(BlobContainerClient runs, string damaged)
{
    /// <summary>Large enough to read a checkpoint in few requests.</summary>
    private const int BufferSize = 16 << 20;

    /// <summary>Results by blob, because consecutive states share their best blob.</summary>
    private readonly Dictionary<string, bool> _inspected = [];

    /// <summary>True if both blobs of a state exist with the bytes that were written.</summary>
    /// <param name="found">Called for each missing or damaged blob with a sentence about it.</param>
    public async Task<bool> IsWholeAsync(CheckpointPointer pointer, Action<string> found, CancellationToken cancellation) =>
        await IsWholeAsync(pointer.Latest, pointer.LatestSha256, found, cancellation)
        && await IsWholeAsync(pointer.Best, pointer.BestSha256, found, cancellation);

    private async Task<bool> IsWholeAsync(string blob, string? sha256, Action<string> found, CancellationToken cancellation)
    {
        if (!_inspected.TryGetValue(blob, out var whole))
        {
            var fault = await FindFaultAsync(blob, sha256, cancellation);
            whole = _inspected[blob] = fault is null;
            if (fault is not null)
            {
                found($"checkpoint {runs.Name}/{blob} {fault}");
            }
        }

        return whole;
    }

    private async Task<string?> FindFaultAsync(string blob, string? sha256, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await runs.GetBlobClient(blob).OpenReadAsync(bufferSize: BufferSize, cancellationToken: cancellation);
            var actual = sha256 is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
            return actual == sha256 ? null : $"is damaged; it was set aside as {await SetAsideAsync(blob, cancellation)}";
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return "is missing";
        }
    }

    private async Task<string> SetAsideAsync(string blob, CancellationToken cancellation)
    {
        var copy = runs.GetBlobClient(damaged + Path.GetFileName(blob));
        var copying = await copy.StartCopyFromUriAsync(runs.GetBlobClient(blob).Uri, cancellationToken: cancellation);
        await copying.WaitForCompletionAsync(cancellation);
        return $"{runs.Name}/{copy.Name}";
    }
}
