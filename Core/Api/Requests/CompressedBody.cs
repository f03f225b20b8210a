using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessFashion.Api.Requests;

/// <summary>Bodies that the client compressed (RFC 9110, section 8.4).</summary>
internal static class CompressedBody
{
    /// <summary>The compression that bodies may have.</summary>
    public const string Accepted = "gzip";

    private const string Identity = "identity";

    /// <summary>RFC 9110, section 8.4.1.3: it means the same.</summary>
    private const string OldName = "x-gzip";

    /// <summary>Whether the body is compressed with gzip.</summary>
    /// <exception cref="ProblemException">415: it is compressed in another way.</exception>
    public static bool Is(HttpRequest request) => Find(request) switch
    {
        null => false,
        var encoding when encoding.Equals(Accepted, StringComparison.OrdinalIgnoreCase)
            || encoding.Equals(OldName, StringComparison.OrdinalIgnoreCase) => true,
        var encoding => throw new ProblemException(
            StatusCodes.Status415UnsupportedMediaType, $"{HeaderNames.ContentEncoding}: expected {Accepted}, found '{encoding}'.")
        {
            AcceptedEncoding = Accepted,
        },
    };

    /// <summary>Refuses a body that is compressed in any way.</summary>
    /// <exception cref="ProblemException">415: it is compressed.</exception>
    public static void RequireNone(HttpRequest request)
    {
        if (Find(request) is { } encoding)
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"{HeaderNames.ContentEncoding}: expected none, found '{encoding}'; send the file as it is.")
            {
                AcceptedEncoding = Identity,
            };
        }
    }

    /// <summary>The unpacked body; null if it is longer than <paramref name="limit"/> bytes.</summary>
    /// <exception cref="ProblemException">400: it is no whole gzip file.</exception>
    public static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> body, int limit)
    {
        using var content = new MemoryStream(body.ToArray(), writable: false);
        using var gzip = new GZipStream(content, CompressionMode.Decompress);
        var unpacked = new MemoryStream();
        var chunk = new byte[64 << 10];
        try
        {
            int read;
            while ((read = gzip.Read(chunk)) > 0)
            {
                if (unpacked.Length + read > limit)
                {
                    return null;
                }

                unpacked.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                $"body: expected {Accepted} as its {HeaderNames.ContentEncoding} says, found damaged data.", e);
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }

    /// <summary>The compression of the body; null for none.</summary>
    private static string? Find(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.Length == 0 || encoding.Equals(Identity, StringComparison.OrdinalIgnoreCase) ? null : encoding;
    }
}
