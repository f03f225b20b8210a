using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api;

/// <summary>What every request goes through around its handler. It belongs to the endpoint, so it is the same in every host.</summary>
public static class RequestHandling
{
    /// <summary>Gives the responses that no endpoint writes (404, 405) a problem document.</summary>
    public static IApplicationBuilder UseProblemStatusCodePages(this IApplicationBuilder app) => app.UseStatusCodePages(async pages =>
    {
        var context = pages.HttpContext;
        var status = context.Response.StatusCode;
        var detail = status == StatusCodes.Status404NotFound
            ? $"There is nothing at {context.Request.Path}."
            : $"{context.Request.Method} {context.Request.Path}: {ReasonPhrases.GetReasonPhrase(status)}.";
        await Problems.Of(status, detail).ExecuteAsync(context);
    });

    /// <summary>Checks the parameters before the handler runs, and turns exceptions into problem details.</summary>
    internal static void Apply(EndpointBuilder endpoint)
    {
        var handler = endpoint.RequestDelegate!;
        var name = endpoint.Metadata.OfType<IEndpointNameMetadata>().Single().EndpointName;
        var parameters = RequestParameter.Of(endpoint);
        var takesAnyQuery = endpoint.Metadata.OfType<AnyQuery>().Any();
        endpoint.RequestDelegate = async context =>
        {
            SetHeaders(context.Response.Headers);
            try
            {
                RequestParameter.Check(parameters, takesAnyQuery, context.Request);
                await handler(context);
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                context.Response.Clear();
                SetHeaders(context.Response.Headers);
                await Problems.From(e, context, name).ExecuteAsync(context);
            }
        };
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
    }
}
