using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Lets an endpoint that answers GET answer HEAD alike (RFC 9110, section 9.1: a server must support both). The web server leaves out the
/// body of the response.
/// </summary>
internal static class HeadRequests
{
    private static readonly string[] Both = [HttpMethods.Get, HttpMethods.Head];

    public static void Allow(EndpointBuilder endpoint) => Replace(endpoint, HttpMethods.Get, Both);

    /// <summary>Takes HEAD away again, for a document that describes GET alone.</summary>
    public static void Remove(EndpointBuilder endpoint) => Replace(endpoint, HttpMethods.Head, [HttpMethods.Get]);

    private static void Replace(EndpointBuilder endpoint, string having, string[] methods)
    {
        foreach (var metadata in endpoint.Metadata.OfType<IHttpMethodMetadata>().Where(one => one.HttpMethods.Contains(having)).ToList())
        {
            endpoint.Metadata.Remove(metadata);
            endpoint.Metadata.Add(new HttpMethodMetadata(methods));
        }
    }
}
