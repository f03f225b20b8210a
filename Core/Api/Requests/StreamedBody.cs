using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessFashion.Api.Requests;

/// <summary>Bodies of files that are too large for memory.</summary>
internal static class StreamedBody
{
    /// <summary>The Functions host passes on no larger bodies by default.</summary>
    public const int LargestBody = 100 << 20;

    /// <summary>The body, which has not been read. Beyond <see cref="LargestBody"/> the server ends it with 413.</summary>
    /// <exception cref="ProblemException">413: it is too long by its header. 415: it is compressed.</exception>
    public static Stream Open(HttpRequest request)
    {
        RequestBody.RequireLength(request, LargestBody);
        CompressedBody.RequireNone(request);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The server's limit for other bodies is lower. It ends a body of unknown length with 413 too.
            limit.MaxRequestBodySize = LargestBody;
        }

        return request.Body;
    }
}
