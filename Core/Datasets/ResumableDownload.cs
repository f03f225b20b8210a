using System.Net;
using System.Net.Http.Headers;

namespace ServerlessFashion.Datasets;

/// <summary>
/// Downloads one large file. A download that was cut off continues where it stopped, within a call and in a later one, if the server
/// answers requests for a range.
/// </summary>
/// <param name="time">Measures how long the server stays silent.</param>
internal sealed class ResumableDownload(HttpClient http, TimeProvider time)
{
    /// <summary>A server that sends nothing for this long counts as unreachable.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Requests in a row that bring nothing new before the download fails.</summary>
    private const int FruitlessTries = 3;

    private const int ReportedBytes = 10_000_000;

    /// <summary>Completes the file at <paramref name="path"/>, which may hold the start of an earlier download.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses. What was received stays.</exception>
    /// <exception cref="IOException">The connection was cut off again and again, or the file cannot be written.</exception>
    public async Task FetchAsync(Uri source, string path, IProgress<string> progress, CancellationToken cancellation)
    {
        var most = Length(path);
        for (var fruitless = 0; ;)
        {
            try
            {
                if (await ContinueAsync(source, path, Length(path), progress, cancellation))
                {
                    return;
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException { StatusCode: null } && fruitless + 1 < FruitlessTries
                && !cancellation.IsCancellationRequested)
            {
                progress.Report($"download of {source} stopped after {Length(path)} bytes: {e.Message}");
            }

            fruitless = Length(path) > most ? 0 : fruitless + 1;
            most = Math.Max(most, Length(path));
        }
    }

    /// <summary>One request for what is missing.</summary>
    /// <returns>False if what was received does not fit the source, and was deleted.</returns>
    private async Task<bool> ContinueAsync(
        Uri source, string path, long received, IProgress<string> progress, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, source);
            request.Headers.Range = received > 0 ? new RangeHeaderValue(received, null) : null;
            progress.Report(received > 0 ? $"downloading {source} from byte {received} on" : $"downloading {source}");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (received > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return KeepComplete(response, received, path);
            }

            response.EnsureSuccessStatusCode();
            var continues = response.StatusCode == HttpStatusCode.PartialContent
                && response.Content.Headers.ContentRange?.From == received;
            await using var target = new FileStream(path, continues ? FileMode.Append : FileMode.Create, FileAccess.Write);
            await CopyAsync(response.Content, target, continues ? received : 0, progress, silence, either.Token);
            return true;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {LongestSilence.TotalSeconds} s", e);
        }
    }

    private static async Task CopyAsync(
        HttpContent content, FileStream target, long received, IProgress<string> progress, CancellationTokenSource silence,
        CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var total = received + content.Headers.ContentLength;
        var buffer = new byte[1 << 16];
        var reported = received;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            silence.CancelAfter(LongestSilence);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            received += read;
            if (received - reported >= ReportedBytes)
            {
                reported = received;
                progress.Report($"{received / 1e6:F0}{(total is { } bytes ? $" of {bytes / 1e6:F0}" : "")} MB");
            }
        }
    }

    /// <summary>A refused range begins at the end of the source, or what was received is of another file.</summary>
    private static bool KeepComplete(HttpResponseMessage response, long received, string path)
    {
        if (response.Content.Headers.ContentRange?.Length == received)
        {
            return true;
        }

        File.Delete(path);
        return false;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
