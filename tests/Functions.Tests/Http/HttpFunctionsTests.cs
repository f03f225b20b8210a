using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessFashion.Api;
using ServerlessFashion.Functions.Http;

namespace ServerlessFashion.Functions.Tests.Http;

/// <summary>Attributes must be constants, so the functions repeat names and routes of the endpoints; this holds the two together.</summary>
public sealed class HttpFunctionsTests
{
    [Fact]
    public void Functions_OfTheApi_AreItsEndpoints()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFashionApi();
        using var host = builder.Build();

        Assert.Equal(host.Services.GetRequiredService<ApiEndpoints>().All.Select(Describe).Order(), Functions().Order());
    }

    private static string Describe(RouteEndpoint endpoint)
    {
        var method = string.Join(' ', endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods);
        var route = endpoint.RoutePattern.RawText![FashionApi.Prefix.Length..].Trim('/');
        var level = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? AuthorizationLevel.Function : AuthorizationLevel.Anonymous;
        return $"{ApiEndpoints.NameOf(endpoint)}: {method} {route}, {level}";
    }

    private static IEnumerable<string> Functions() =>
        from type in typeof(ServiceFunctions).Assembly.GetTypes()
        where type.Namespace == typeof(ServiceFunctions).Namespace
        from method in type.GetMethods()
        let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
        where name is not null
        let trigger = method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!
        select $"{name}: {string.Join(' ', trigger.Methods!).ToUpperInvariant()} {trigger.Route}, {trigger.AuthLevel}";
}
