using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Api.Tests.OpenApi;

namespace ServerlessFashion.Api.Tests;

/// <summary>Endpoints without a web server, as a Functions host calls them. Nothing here reaches storage.</summary>
public sealed class ApiEndpointsTests
{
    [Fact]
    public async Task Call_Dashboard_WritesThePage()
    {
        var response = await CallAsync("GetDashboard", _ => { });

        Assert.Equal((200, "text/html; charset=utf-8"), (response.Status, response.ContentType));
        Assert.StartsWith("<!doctype html>", response.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Call_OpenApi_WritesTheDocument()
    {
        var response = await CallAsync("GetOpenApi", _ => { });

        Assert.Equal((200, "application/json"), (response.Status, response.ContentType));
        Assert.Equal(Encoding.UTF8.GetString(await OpenApiDocumentTests.GenerateJsonAsync()), response.Body);
    }

    [Fact]
    public async Task Call_BadParameters_AreAllNamed()
    {
        var response = await CallAsync("GetMetrics", request =>
        {
            request.RouteValues["id"] = "run";
            request.QueryString = new QueryString("?after=-1&seed=zero&model=a&model=b");
        });

        Assert.Equal((400, "application/problem+json"), (response.Status, response.ContentType));
        Assert.Equal(
            "model: expected one value, found 2. seed: expected a whole number from 1 to 2147483647, found 'zero'. "
            + "after: expected a whole number from 0 to 10000, found '-1'.",
            JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("ListComparisons", "?stats=failed", "stats: not a query parameter of this request; did you mean status?")]
    [InlineData("GetMetrics", "?code=key&epoch=3",
        "epoch: not a query parameter of this request; it has model, seed, after, top, continuation.")]
    [InlineData("GetHealth", "?verbose=1", "verbose: not a query parameter of this request, which has none.")]
    [InlineData("ListModels", "?tpo=a&x=1",
        "tpo: not a query parameter of this request; did you mean top? "
        + "x: not a query parameter of this request; it has top, continuation.")]
    public async Task Call_UnknownQueryParameters_AreRefusedWithTheNearestName(string endpoint, string query, string expected)
    {
        var response = await CallAsync(endpoint, request =>
        {
            request.RouteValues["id"] = "run";
            request.QueryString = new QueryString(query);
        });

        Assert.Equal((400, "application/problem+json"), (response.Status, response.ContentType));
        Assert.Equal(expected, JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString());
    }

    /// <summary>The Functions host reads the key and its name; other programs add parameters to the addresses of pages.</summary>
    [Theory]
    [InlineData("GetOpenApi", "?code=key&clientId=default")]
    [InlineData("GetDashboard", "?code=key&utm_source=mail")]
    public async Task Call_QueryParametersOfOthers_AreLeftAlone(string endpoint, string query) =>
        Assert.Equal(200, (await CallAsync(endpoint, request => request.QueryString = new QueryString(query))).Status);

    /// <summary>Every endpoint that checks its parameters says so in the OpenAPI document.</summary>
    [Fact]
    public async Task Document_EveryOperationButThePage_HasStatus400()
    {
        using var document = JsonDocument.Parse(await OpenApiDocumentTests.GenerateJsonAsync());

        var without =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where !operation.Value.GetProperty("responses").TryGetProperty("400", out _)
            select operation.Value.GetProperty("operationId").GetString();

        Assert.Equal(["GetDashboard"], without);
    }

    [Fact]
    public async Task Call_TwoKeys_AreRefused()
    {
        var response = await CallAsync("StartComparison", request => request.Headers["Idempotency-Key"] = new(["a", "b"]));

        Assert.Equal(400, response.Status);
        Assert.Contains("Idempotency-Key: expected one value, found 2.", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_BadBody_NamesEveryField()
    {
        var response = await CallAsync("PutChampion", request =>
        {
            request.ContentType = "application/json";
            request.Body = new MemoryStream("""{"model": 1, "seed": 2}"""u8.ToArray());
        });

        var errors = JsonDocument.Parse(response.Body).RootElement.GetProperty("errors").EnumerateArray();
        Assert.Equal(400, response.Status);
        Assert.Equal(["#/runId", "#/model", "#/seed"], errors.Select(error => error.Text("pointer")));
    }

    [Fact]
    public async Task Call_ErrorResponse_IsNotStoredAndNotSniffed()
    {
        var response = await CallAsync("ListModels", request => request.QueryString = new QueryString("?top=0"));

        Assert.Equal(("no-store", "nosniff"), (response.Headers.CacheControl.ToString(), response.Headers.XContentTypeOptions.ToString()));
    }

    private static async Task<(int Status, string? ContentType, string Body, IHeaderDictionary Headers)> CallAsync(
        string endpoint, Action<HttpRequest> prepare)
    {
        using var host = OpenApiDocumentTests.CreateHost();
        await using var scope = host.Services.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Response.Body = body;
        prepare(context.Request);
        await host.Services.GetRequiredService<ApiEndpoints>()[endpoint].RequestDelegate!(context);
        var response = context.Response;
        return (response.StatusCode, response.ContentType, Encoding.UTF8.GetString(body.ToArray()), response.Headers);
    }
}
