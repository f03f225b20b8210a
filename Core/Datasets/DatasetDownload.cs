using Microsoft.Extensions.Logging;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Datasets;

/// <summary>Downloads the four files from mirrors into a folder. A file appears there only after its content was checked.</summary>
/// <param name="time">Measures how long a mirror stays silent.</param>
internal sealed class DatasetDownload(HttpClient http, TimeProvider time, ILogger log)
{
    // A mirror that sends nothing for this long counts as unreachable.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    // The largest of the four files has 26 MB; recompressing makes little difference.
    private const long LargestFile = 64L << 20;

    /// <summary>Downloads the files that <paramref name="folder"/> lacks. A mirror that fails once is not used again.</summary>
    /// <returns>Null when all files are there; otherwise what went wrong with each mirror.</returns>
    public async Task<string?> FetchAsync(
        string folder, IReadOnlyList<Uri> mirrors, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var remaining = new Queue<Uri>(mirrors);
        var failures = new List<string>();
        foreach (var file in OriginalFile.All)
        {
            var path = Path.Combine(folder, file.Name);
            while (!File.Exists(path))
            {
                if (!remaining.TryPeek(out var mirror))
                {
                    return failures.Count == 0 ? "no mirror is known" : string.Join("; ", failures);
                }

                try
                {
                    await FetchAsync(file, new Uri(mirror, file.Name), path, progress, cancellationToken);
                }
                catch (Exception e) when (IsMirrorFailure(e) && !cancellationToken.IsCancellationRequested)
                {
                    var reason =
                        e is OperationCanceledException ? $"nothing came for {LongestSilence.TotalSeconds} s" : FileFailure.Reason(e);
                    failures.Add($"{mirror.Host}: {reason}");
                    progress?.Report($"{failures[^1]}.");
                    log.MirrorFailed(mirror.Host, file.Name, e);
                    remaining.Dequeue();
                }
            }
        }

        return null;
    }

    private static bool IsMirrorFailure(Exception e) =>
        e is HttpRequestException or IOException or UnauthorizedAccessException or InvalidInputException or OperationCanceledException;

    private async Task FetchAsync(
        OriginalFile file, Uri source, string path, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            await SaveAsync(file, source, temporary, progress, cancellationToken);
            using (var saved = File.OpenRead(temporary))
            {
                file.Read(saved, source.ToString());
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task SaveAsync(
        OriginalFile file, Uri source, string path, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        using var response = await http.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, either.Token);
        response.EnsureSuccessStatusCode();

        await using var content = await response.Content.ReadAsStreamAsync(either.Token);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var total = response.Content.Headers.ContentLength;
        var buffer = new byte[1 << 16];
        long written = 0;
        var reportedTenths = -1L;
        int read;
        while ((read = await content.ReadAsync(buffer, either.Token)) > 0)
        {
            silence.CancelAfter(LongestSilence);
            await target.WriteAsync(buffer.AsMemory(0, read), either.Token);
            written += read;
            if (written > LargestFile)
            {
                throw new InvalidInputException($"{source}: expected at most {LargestFile} bytes, found more.");
            }

            var tenths = total is > 0 ? 10 * written / total.Value : written >> 21;
            if (tenths > reportedTenths)
            {
                reportedTenths = tenths;
                progress?.Report(Describe(file.Name, source.Host, written, total));
            }
        }
    }

    private static string Describe(string name, string host, long written, long? total) =>
        $"Downloading {name} from {host}: {written / 1e6:F1}{(total is > 0 ? $" of {total.Value / 1e6:F1}" : "")} MB";
}
