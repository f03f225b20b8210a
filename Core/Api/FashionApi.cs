using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Api;

/// <summary>
/// The HTTP API. Every host serves the endpoints that <see cref="MapFashionApi"/> maps. Responses depend on storage alone, so all hosts and
/// all their instances give the same ones.
/// </summary>
public static class FashionApi
{
    /// <summary>The first segment of every path.</summary>
    public const string Prefix = ApiPaths.Prefix;

    /// <summary>
    /// Registers what the endpoints need, except <see cref="Application.FashionApplication"/>, which the host registers.
    /// </summary>
    public static IServiceCollection AddFashionApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => Json.Apply(options.SerializerOptions, indented: true));
        // A parameter that cannot be bound must end as a problem too.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.TryAddSingleton<ApiEndpoints>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new LargeRequests(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new ApiDocument(provider, convention => ApiEndpoints.Build(provider, convention)));
        return services;
    }

    /// <summary>Maps every endpoint. Each one handles its own errors: they leave as RFC 9457 problem details.</summary>
    public static IEndpointConventionBuilder MapFashionApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Prefix);
        ComparisonEndpoints.Map(api.MapGroup("/comparisons").WithTags("comparisons"));
        ExportEndpoint.Map(api.MapGroup("/comparisons").WithTags("comparisons"));
        ReportEndpoints.Map(api.MapGroup("/comparisons/{id}/report").WithTags("comparisons"));
        ArchiveEndpoints.Map(api.MapGroup("/reports").WithTags("comparisons"));
        ModelEndpoints.Map(api.MapGroup("/models").WithTags("models"));
        SpecEndpoints.Map(api.MapGroup("/specs").WithTags("models"));
        DatasetEndpoints.Map(api.MapGroup("/datasets").WithTags("datasets"));
        PredictionEndpoints.Map(api.MapGroup("/predictions").WithTags("predictions"));
        UploadEndpoints.Map(api.MapGroup("/uploads").WithTags("predictions"));
        ServiceEndpoints.Map(api.MapGroup("").WithTags("service"));
        IEndpointConventionBuilder conventions = api;
        conventions.Add(HeadRequests.Allow);
        conventions.Finally(RequestHandling.Apply);
        return conventions;
    }
}
