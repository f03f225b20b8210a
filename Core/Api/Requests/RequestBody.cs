using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessFashion.Api.Requests;

/// <summary>Reads bodies: of the right type, and never more than a limit.</summary>
internal static class RequestBody
{
    public const string JsonType = "application/json";

    private const int ChunkBytes = 64 << 10;

    /// <summary>The media type of the request, one of <paramref name="accepted"/>.</summary>
    /// <exception cref="ProblemException">415: it is another one, or its text is not UTF-8.</exception>
    public static string RequireType(HttpRequest request, params string[] accepted)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || accepted.FirstOrDefault(name => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } media)
        {
            var found = string.IsNullOrEmpty(request.ContentType) ? "none" : $"'{request.ContentType}'";
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {string.Join(" or ", accepted)}, found {found}.");
        }

        return !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? media
            : throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected charset utf-8, found '{type.Charset}'.");
    }

    /// <summary>Refuses a body that is too long by its header, before it is read.</summary>
    /// <exception cref="ProblemException">413: it is longer than <paramref name="limit"/> bytes.</exception>
    public static void RequireLength(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            throw TooLong(limit);
        }
    }

    /// <summary>The whole body, unpacked if it was compressed with gzip.</summary>
    /// <exception cref="ProblemException">
    /// 413: it is longer than <paramref name="limit"/> bytes, before or after unpacking. 400: a chunk of it has an impossible size, or its
    /// compression is damaged. 415: it is compressed in another way.
    /// </exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        RequireLength(request, limit);
        var isCompressed = CompressedBody.Is(request);
        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await ReadChunkAsync(request.Body, chunk, cancellation)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw TooLong(limit);
            }

            body.Write(chunk, 0, read);
        }

        var content = body.GetBuffer().AsMemory(0, (int)body.Length);
        return !isCompressed ? content : CompressedBody.Unpack(content, limit) ?? throw TooLong(limit);
    }

    /// <summary>The whole body within a time.</summary>
    /// <inheritdoc cref="ReadAsync(HttpRequest, int, CancellationToken)"/>
    /// <exception cref="ProblemException">408: it did not arrive in time.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, int limit, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await ReadAsync(request, limit, stop.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status408RequestTimeout, string.Create(CultureInfo.InvariantCulture,
                $"body: expected all of it within {patience.TotalSeconds:0} s."));
        }
    }

    /// <summary>The web server reports a chunk size that is too large for a number as a failure of its own.</summary>
    private static async ValueTask<int> ReadChunkAsync(Stream body, byte[] chunk, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(chunk, cancellation);
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "body: the size of a chunk is too large.", e);
        }
    }

    private static ProblemException TooLong(int limit) =>
        new(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {limit} bytes, found more."));
}
