using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.OpenApi;

/// <summary>Adds to the operations what their endpoints say about bodies, responses and keys.</summary>
internal static class OperationRules
{
    private static readonly Dictionary<int, string> Problems = new()
    {
        [400] = "A parameter or field cannot be used; the detail names it.",
        [404] = "The resource does not exist.",
        [409] = "The current state does not allow the request.",
        [413] = "The body is too large.",
        [415] = "The body has a media type that is not accepted here.",
        [422] = "The key was used before with another request.",
        [503] = "The storage account does not answer.",
    };

    public static async Task ApplyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var body in metadata.OfType<RequestBodyDescription>())
        {
            foreach (var (mediaType, isBinary) in body.OtherMediaTypes)
            {
                operation.RequestBody!.Content![mediaType] = new OpenApiMediaType { Schema = Content(isBinary) };
            }
        }

        await DescribeResponsesAsync(operation, metadata.OfType<ResponseDescription>(), context, cancellation);
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }
    }

    private static async Task DescribeResponsesAsync(
        OpenApiOperation operation, IEnumerable<ResponseDescription> descriptions, OpenApiOperationTransformerContext context,
        CancellationToken cancellation)
    {
        var responses = operation.Responses!;
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), cancellationToken: cancellation);
        context.Document!.AddComponent(nameof(ProblemDetails), problem);
        responses["default"] = new OpenApiResponse
        {
            Description = "Any other error, e.g. 503 while the storage account does not answer.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) },
            },
        };
        foreach (var (status, text) in Problems)
        {
            if (responses.TryGetValue($"{status}", out var response))
            {
                response.Description = text;
            }
        }

        foreach (var description in descriptions)
        {
            var response = (OpenApiResponse)responses[$"{description.Status}"];
            response.Description = description.Description;
            if (description.MediaType is { } mediaType)
            {
                var isText = mediaType.StartsWith("text/", StringComparison.Ordinal);
                response.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [mediaType] = new() { Schema = isText ? Content(isBinary: false) : null },
                };
            }

            response.Headers = description.Headers.ToDictionary(header => header.Name, IOpenApiHeader (header) => new OpenApiHeader
            {
                Description = header.Description,
                Schema = Content(isBinary: false),
            });
        }
    }

    private static OpenApiSchema Content(bool isBinary) => new() { Type = JsonSchemaType.String, Format = isBinary ? "binary" : null };
}
