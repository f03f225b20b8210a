using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace ServerlessFashion.Api;

/// <summary>Puts the API behind a web server of this process.</summary>
public static class ApiEndpoints
{
    /// <summary>Maps every route, and makes the answers that no route gives (404, 405) problem documents too.</summary>
    public static void UseFashionApi(this WebApplication app, FashionApi api)
    {
        app.UseStatusCodePages(async context =>
        {
            var request = context.HttpContext.Request;
            var status = context.HttpContext.Response.StatusCode;
            var detail = status == StatusCodes.Status404NotFound ? $"There is nothing at {request.Path}." : $"{request.Method} {request.Path}: {ReasonPhrases.GetReasonPhrase(status)}.";
            await Problems.Of(status, detail).ExecuteAsync(context.HttpContext);
        });
        foreach (var route in api.Routes)
        {
            app.MapMethods(FashionApi.Prefix + route.Pattern, [route.Method], async context =>
            {
                var answer = await route.AnswerAsync(context);
                await answer.ExecuteAsync(context);
            }).WithName(route.Name);
        }
    }
}
