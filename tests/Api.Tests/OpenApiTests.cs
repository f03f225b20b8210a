using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class OpenApiTests(AzuriteFixture azurite)
{
    /// <summary>As it lies in the sources, which is what the assembly carries.</summary>
    internal static byte[] PublishedText()
    {
        using var stream = typeof(ServerlessFashion.Api.FashionApi).Assembly.GetManifestResourceStream("openapi.json")!;
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }

    [Fact]
    public async Task Document_Operations_AreTheRoutes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var documented = new OpenApiDocument(PublishedText()).Operations.Select(operation => $"{operation.Method} {operation.Path} {operation.Id}");

        var routes = server.Api.Routes.Select(route => $"{route.Method} {route.Pattern.Replace("{*", "{", StringComparison.Ordinal)} {route.Name}");

        Assert.Equal(routes.Order(), documented.Order());
    }

    [Fact]
    public async Task Document_OperationsWithoutKey_AreThePublicRoutes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var documented = new OpenApiDocument(PublishedText()).Operations.Where(operation => operation.Operation["security"]?.AsArray().Count == 0);

        Assert.Equal(server.Api.Routes.Where(route => route.IsPublic).Select(route => route.Name), documented.Select(operation => operation.Id));
    }

    [Fact]
    public void Document_Choices_AreTheOnesOfThePipeline()
    {
        var document = new OpenApiDocument(PublishedText());

        Assert.Equal(Presets.Names, document.Choices("ComparisonOptions", "preset"));
        Assert.Equal(["five", "garments"], document.Choices("ComparisonOptions", "labels"));
        Assert.Equal(["competition", "original"], document.Choices("ComparisonOptions", "split"));
    }

    [Fact]
    public async Task Get_OpenApi_IsTheDocument()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var document = await server.Http.GetAsync("openapi.json", TestContext.Current.CancellationToken).JsonAsync();

        Assert.Equal("3.1.0", document.Text("openapi"));
    }

    [Theory]
    [InlineData(200, "application/json", """{"status": "sick", "version": "1"}""")]
    [InlineData(200, "application/json", """{"status": "healthy"}""")]
    [InlineData(200, "text/plain", """{"status": "healthy", "version": "1"}""")]
    [InlineData(201, "application/json", """{"status": "healthy", "version": "1"}""")]
    [InlineData(503, "application/problem+json", """{"status": 503}""")]
    public void Document_AnswerThatItDoesNotDescribe_IsNotAllowed(int status, string type, string body) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new OpenApiDocument(PublishedText()).AssertAllows("GET", "/health", status, type, body));
}
