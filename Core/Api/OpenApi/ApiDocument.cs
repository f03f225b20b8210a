using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Api.OpenApi;

/// <summary>
/// The OpenAPI document, generated from the endpoints on the first request. It has a service provider of its own, because the generator
/// reads the endpoints from there, and those of a Functions host are its functions.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="build">Builds the endpoints of the API and applies a convention to each of them.</param>
internal sealed class ApiDocument(IServiceProvider services, Func<Action<EndpointBuilder>, IReadOnlyList<RouteEndpoint>> build)
{
    private const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _json = new(() => GenerateAsync(services, build(Describe)));

    /// <summary>The document as JSON in UTF-8.</summary>
    public Task<byte[]> GetAsync() => _json.Value;

    private static async Task<byte[]> GenerateAsync(IServiceProvider services, IReadOnlyList<RouteEndpoint> endpoints)
    {
        var generator = new ServiceCollection()
            .AddLogging()
            .AddSingleton(services.GetRequiredService<IHostEnvironment>())
            .AddSingleton<EndpointDataSource>(new DefaultEndpointDataSource(endpoints))
            .AddRoutingCore()
            .ConfigureHttpJsonOptions(options => Json.Apply(options.SerializerOptions, indented: true))
            .AddOpenApi(Name, options =>
            {
                options.CreateSchemaReferenceId = SchemaNames.Of;
                options.AddSchemaTransformer(SchemaRules.ApplyAsync);
                options.AddOperationTransformer(OperationRules.ApplyAsync);
                options.AddDocumentTransformer(DocumentRules.ApplyAsync);
            });
        await using var provider = generator.BuildServiceProvider();
        var document = await provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }

    private static void Describe(EndpointBuilder endpoint)
    {
        HeadRequests.Remove(endpoint);
        foreach (var body in endpoint.Metadata.OfType<RequestBodyDescription>().ToList())
        {
            endpoint.Metadata.Add(body.JsonType is null
                ? new AcceptsMetadata([body.OtherMediaTypes[0].MediaType], typeof(byte[]), body.IsOptional)
                : new AcceptsMetadata([RequestBody.JsonType], body.JsonType, body.IsOptional));
        }
    }
}
