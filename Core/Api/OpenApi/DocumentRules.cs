using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessFashion.Api.Documents;

namespace ServerlessFashion.Api.OpenApi;

/// <summary>Describes the API as a whole.</summary>
internal static class DocumentRules
{
    private const string FunctionKey = "functionKey";

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServerlessFashion",
            Version = "1",
            Contact = new OpenApiContact { Name = "The maintainers of ServerlessFashion" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            Description = "Trains image classifiers on Fashion-MNIST side by side, reports which one is best, and predicts with it. "
                + "Errors are problem details by RFC 9457.",
        };
        document.Servers = [new OpenApiServer { Url = ApiPaths.Prefix }];
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            paths.Add(path[ApiPaths.Prefix.Length..], item);
        }

        document.Paths = paths;
        document.AddComponent<IOpenApiSecurityScheme>(FunctionKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "x-functions-key",
            Description = "Azure Functions requires it; fashion serve does not.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement(),
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(FunctionKey, document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
