using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace ServerlessFashion.Api.Requests;

/// <summary>Says in one sentence why the web server has ended a request while its body was read.</summary>
internal static class BadBody
{
    public static string Describe(BadHttpRequestException failure, HttpContext context) => failure.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge
            when context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } limit =>
            string.Create(CultureInfo.InvariantCulture, $"body: expected at most {limit} bytes, found more."),
        StatusCodes.Status408RequestTimeout => "body: it did not arrive in time; send it again.",
        StatusCodes.Status400BadRequest when context.Request.Headers.TransferEncoding.Count > 0 =>
            "body: it is cut off, or its chunks are malformed; send it again.",
        StatusCodes.Status400BadRequest when context.Request.ContentLength is { } length => string.Create(
            CultureInfo.InvariantCulture, $"body: expected {length} bytes as its Content-Length says, found fewer; send it again."),
        var status => $"request: {ReasonPhrases.GetReasonPhrase(status)}.",
    };
}
