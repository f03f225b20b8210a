using System.Net;
using System.Security.Cryptography;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Serving;

/// <summary>No request here reaches storage.</summary>
public sealed class LocalServerTests : IAsyncLifetime
{
    private readonly FashionApplication _application;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private LocalServer _server = null!;

    public LocalServerTests()
    {
        var machine = new TrainingMachine(_ => 1, asked => asked ?? DeviceChoice.Auto);
        _application = ApplicationFactory.Create(
            FashionStorage.Connect("UseDevelopmentStorage=true"), new NoHost(), machine,
            TimeProvider.System, RandomNumberGenerator.Create());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StartAsync(0);

    [Theory]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("http://localhost:7071", null, HttpStatusCode.OK)]
    [InlineData("https://example.org", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.example.org", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "localhost", HttpStatusCode.OK)]
    [InlineData(null, "rebound.example.org", HttpStatusCode.Forbidden)]
    public async Task Get_FromAnOriginOrHost_AnswersItsOwnMachineOnly(string? origin, string? host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url + "/dashboard");
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _http.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Get_Root_LeadsToTheDashboard()
    {
        using var response = await _http.GetAsync(new Uri(new Uri(_server.Url), "/"), Cancellation);

        Assert.Equal("/api/dashboard", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysWhatToDo()
    {
        var port = new Uri(_server.Url).Port;

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => StartAsync(port));

        Assert.StartsWith($"port: cannot listen on {port}", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private Task<LocalServer> StartAsync(int port) => LocalServer.StartAsync(_application, port, Cancellation);

    private sealed class NoHost : IComparisonHost
    {
        public Task StartAsync(RunRecord run, CancellationToken cancellation) => throw new InvalidOperationException(
            "Nothing is started here.");

        public Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation) => Task.FromResult(false);
    }
}
