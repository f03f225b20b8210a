using System.Net.Http;

namespace ServerlessFashion.Client.Requests;

/// <summary>A request that may be sent several times.</summary>
/// <param name="Path">Relative to the address of the API, such as <c>comparisons?top=20</c>.</param>
internal sealed record ServerRequest(HttpMethod Method, string Path)
{
    /// <summary>The time for one attempt with its whole response.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Whether the same request may be sent again although the server may have carried it out. Other requests are sent again only if the
    /// server has not taken them on.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Creates the body of an attempt; null for none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether a large body waits until the server accepts it (RFC 9110, section 10.1.1), so that a refusal arrives.</summary>
    public bool AsksFirst { get; init; }

    /// <summary>Makes the start of a run safe to repeat.</summary>
    public string? IdempotencyKey { get; init; }

    public static ServerRequest Get(string path) => new(HttpMethod.Get, path) { IsRepeatable = true };

    /// <summary>A message for one attempt.</summary>
    public HttpRequestMessage ToMessage(Uri address)
    {
        var message = new HttpRequestMessage(Method, new Uri(address, Path)) { Content = Body?.Invoke() };
        message.Headers.ExpectContinue = AsksFirst ? true : null;
        if (IdempotencyKey is not null)
        {
            message.Headers.Add("Idempotency-Key", $"\"{IdempotencyKey}\"");
        }

        return message;
    }
}
