using System.Net;

namespace ServerlessFashion.EndToEnd;

public sealed class ServiceTests(ServedSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_OfARunningSystem_IsHealthy()
    {
        system.Require();

        Assert.Equal("healthy", (await system.GetAsync("health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task OpenApi_Document_IsServed()
    {
        system.Require();

        Assert.StartsWith("3.1.", (await system.GetAsync("openapi.json")).GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_Page_IsServedUnderAPolicy()
    {
        system.Require();

        using var page = await system.Http.GetAsync("dashboard", Cancellation);

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithoutKey_IsRefused()
    {
        system.Require();
        Assert.SkipWhen(ServedSystem.FunctionKey is null, "fashion serve asks for no key; it answers its own machine only.");
        using var stranger = new HttpClient { BaseAddress = system.Http.BaseAddress };

        using var refused = await stranger.GetAsync("comparisons", Cancellation);
        using var health = await stranger.GetAsync("health", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}
