using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ServiceEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetHealth_StorageAnswers_IsHealthy()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Equal("healthy", (await server.Http.GetAsync("health", Cancellation).JsonAsync()).Text("status"));
    }

    [Fact]
    public async Task GetHealth_ContainersAreGone_IsUnavailable()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.Storage.Container("runs").DeleteAsync(cancellationToken: Cancellation);

        await server.Http.GetAsync("health", Cancellation).ProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Get_NoSuchPath_IsAProblem()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync("nothing", Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Equal("There is nothing at /api/nothing.", problem);
    }

    [Fact]
    public async Task Delete_KnownPath_IsAProblemThatAllowsTheOtherVerbs()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        using var refused = await server.Http.DeleteAsync("models", Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["GET", "HEAD"], refused.Content.Headers.Allow);
    }

    [Fact]
    public async Task GetDashboard_Policy_AllowsExactlyItsOwnBlocks()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        using var response = await server.Http.GetAsync("dashboard", Cancellation);

        var page = await response.Content.ReadAsStringAsync(Cancellation);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var hashes = Regex.Matches(page, "<script>(.*?)</script>", RegexOptions.Singleline)
            .Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value)))}'");
        Assert.Contains($"script-src {string.Join(' ', hashes)};", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(" on[a-z]+=| style=|javascript:", page);
    }
}
