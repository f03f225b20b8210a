using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Api.OpenApi;

namespace ServerlessFashion.Api;

/// <summary>What the OpenAPI document says about an endpoint beyond its parameters and types.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Names the endpoint, also as a function in Azure and as an operation in the OpenAPI document.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary);

    /// <summary>Describes the response of that status.</summary>
    /// <param name="headers">Headers of the response with their descriptions.</param>
    public static RouteHandlerBuilder Responds(
        this RouteHandlerBuilder endpoint, int status, string description, params (string Name, string Description)[] headers) =>
        endpoint.WithMetadata(new ResponseDescription(status, description, headers));

    /// <summary>Describes a response of status 200 with content that no type describes.</summary>
    public static RouteHandlerBuilder RespondsContent(
        this RouteHandlerBuilder endpoint, string mediaType, string description, params (string Name, string Description)[] headers) =>
        endpoint.Produces(StatusCodes.Status200OK)
            .WithMetadata(new ResponseDescription(StatusCodes.Status200OK, description, headers) { MediaType = mediaType });

    /// <summary>Adds problem details of those statuses.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
