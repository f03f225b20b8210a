using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api;

/// <summary>One row of the HTTP contract.</summary>
/// <param name="Name">Unique; the operation id in the OpenAPI document and the function's name in Azure.</param>
/// <param name="Method">The HTTP verb.</param>
/// <param name="Pattern">The path under <see cref="FashionApi.Prefix"/>, with route parameters in braces.</param>
/// <param name="Handler">Gives the answer; its exceptions become problem details in <see cref="AnswerAsync"/>.</param>
public sealed record ApiRoute(string Name, string Method, string Pattern, Func<HttpContext, Task<IResult>> Handler)
{
    /// <summary>True where a host that asks for a key must not ask for one.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The answer to a request; an error is an RFC 9457 problem document.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return await Handler(context);
        }
        catch (Exception e)
        {
            return Problems.From(e, context, Name);
        }
    }
}
