using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServerlessFashion.Api;

/// <summary>
/// The endpoints of the API by name, for a host that routes requests itself. Such a host sets the route values and then calls the
/// endpoint's <see cref="Endpoint.RequestDelegate"/>.
/// </summary>
/// <param name="services">The host's services.</param>
public sealed class ApiEndpoints(IServiceProvider services)
{
    private readonly Lazy<IReadOnlyDictionary<string, RouteEndpoint>> _byName = new(() => Build(services, _ => { }).ToDictionary(NameOf));

    public IEnumerable<RouteEndpoint> All => _byName.Value.Values;

    /// <summary>The endpoint of that name, which is also its operation id in the OpenAPI document.</summary>
    /// <exception cref="KeyNotFoundException">No endpoint has that name.</exception>
    public RouteEndpoint this[string name] => _byName.Value[name];

    public static string NameOf(Endpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;

    /// <summary>The endpoints after <paramref name="convention"/> was applied to each of them.</summary>
    internal static IReadOnlyList<RouteEndpoint> Build(IServiceProvider services, Action<EndpointBuilder> convention)
    {
        var builder = new RouteBuilder(services);
        builder.MapFashionApi().Finally(convention);
        return [.. builder.DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }

    private sealed class RouteBuilder(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
