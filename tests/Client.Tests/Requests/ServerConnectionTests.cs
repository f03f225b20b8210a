using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests.Requests;

public sealed class ServerConnectionTests
{
    private const string Healthy = """{"status": "healthy", "version": "1.2.3"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Get_BusyServer_WaitsAsLongAsItAsks(HttpStatusCode busy)
    {
        using var server = new FakeServer().AnswerProblem(busy, "Busy.", TimeSpan.FromSeconds(7)).AnswerJson(Healthy);

        var health = await server.Connect().GetAsync<HealthDocument>("a", Cancellation);

        Assert.Equal("1.2.3", health.Version);
        Assert.Equal([TimeSpan.FromSeconds(7)], server.Time.Waits);
    }

    [Fact]
    public async Task Get_ServerThatAsksForALongPause_IsReportedAtOnce()
    {
        using var server = new FakeServer().AnswerProblem(HttpStatusCode.ServiceUnavailable, "Closed.", TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal("server: https://fashion.test/api answers with status 503: Closed.", failure.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_ServerThatStaysBusy_IsTriedSevenTimesWithGrowingPauses()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.BadGateway);

        await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal(7, server.Requests.Count);
        Assert.Equal(6, server.Time.Waits.Count);
        Assert.InRange(server.Time.Waits.Sum(wait => wait.TotalSeconds), 2, 60);
        Assert.All(server.Time.Waits, wait => Assert.InRange(wait.TotalSeconds, 0, 10));
    }

    [Fact]
    public async Task Get_ConnectionThatIsCutLater_IsSentAgain()
    {
        using var server = new FakeServer().AnswerJson(Healthy)
            .Fail(HttpRequestError.ResponseEnded).Fail(HttpRequestError.ConnectionError).AnswerJson(Healthy);
        var connection = server.Connect();

        await connection.GetAsync<HealthDocument>("a", Cancellation);
        await connection.GetAsync<HealthDocument>("b", Cancellation);

        Assert.Equal(["GET /api/a", "GET /api/b", "GET /api/b", "GET /api/b"], server.Requests.Select(request => request.Line));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, "nothing answers at fashion.test:443; check the address and whether the server runs.")]
    [InlineData(HttpRequestError.NameResolutionError, "the host fashion.test cannot be found; check the address and the network.")]
    [InlineData(HttpRequestError.SecureConnectionError, "no secure connection to fashion.test:443, because what answers there does not")]
    [InlineData(HttpRequestError.InvalidResponse, "what answers at fashion.test:443 does not speak HTTP")]
    [InlineData(HttpRequestError.ResponseEnded, "fashion.test:443 closed the connection without an answer; check")]
    public async Task Get_ServerThatWasNeverReached_IsReportedAtOnce(HttpRequestError error, string expected)
    {
        using var server = new FakeServer().Fail(error);

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.StartsWith("server: " + expected, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Time.Waits);
    }

    [Fact]
    public async Task Send_RequestThatMustNotRepeat_IsRepeatedOnlyIfTheServerDidNotTakeIt()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.TooManyRequests).Answer(HttpStatusCode.BadGateway);
        var request = new ServerRequest(HttpMethod.Post, "models/champion/roll-back");

        await Assert.ThrowsAsync<ServerException>(() => server.Connect().SendAsync<HealthDocument>(request, Cancellation));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(null, "does not let this client in; give its key in FASHION_KEY or with --key-file, or sign in with --auth entra.")]
    [InlineData("the-key", "does not let this client in; check the key in FASHION_KEY or --key-file")]
    public async Task Get_MissingOrWrongKey_NamesTheRemedyAndNotTheKey(string? key, string expected)
    {
        using var server = new FakeServer().Answer(HttpStatusCode.Unauthorized);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => server.Connect(key).GetAsync<HealthDocument>("a", Cancellation));

        Assert.StartsWith("server: https://fashion.test/api " + expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithKey_SendsItInItsHeader()
    {
        using var server = new FakeServer().AnswerJson(Healthy);

        await server.Connect("the-key").GetAsync<HealthDocument>("a", Cancellation);

        var request = Assert.Single(server.Requests);
        Assert.Equal("the-key", request.Headers.GetValues("x-functions-key").Single());
        Assert.DoesNotContain("the-key", request.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RouteThatAnOldServerLacks_NamesItsVersion()
    {
        using var server = new FakeServer { Version = "0.0.9" }.Answer(HttpStatusCode.NotFound);

        var failure = await Assert.ThrowsAsync<ServerException>(
            () => server.Connect().GetAsync<HealthDocument>("reports?runs=a", Cancellation));

        Assert.Equal(
            "server: https://fashion.test/api is version 0.0.9 and has no GET /api/reports; update the server.", failure.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, null, "")]
    [InlineData(HttpStatusCode.BadRequest, "application/xml", "<error/>")]
    [InlineData(HttpStatusCode.OK, "text/html", "<html>")]
    public async Task Get_ServerOfSomethingElse_IsAWrongAddress(HttpStatusCode status, string? type, string text)
    {
        using var server = new FakeServer().Answer(status, type, text);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.StartsWith(
            "server: there is no API of ServerlessFashion at https://fashion.test/api", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Redirection_NamesTheTargetWithoutItsQuery()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.PermanentRedirect);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal(
            "server: https://fashion.test/api redirects to https://other.test/api; give that address.", failure.Message);
    }

    [Fact]
    public async Task Get_RefusedRequest_GivesTheReasonOfTheServer()
    {
        using var missing = new FakeServer().AnswerProblem(HttpStatusCode.NotFound, "run: 'x' does not exist.");
        using var bad = new FakeServer().AnswerProblem(HttpStatusCode.BadRequest, "seeds: expected a whole number.");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => missing.Connect().GetAsync<HealthDocument>("x", Cancellation));
        var invalid = await Assert.ThrowsAsync<InvalidInputException>(() => bad.Connect().GetAsync<HealthDocument>("x", Cancellation));

        Assert.Equal((Refusal.NotFound, "run: 'x' does not exist."), (refused.Reason, refused.Message));
        Assert.Equal("seeds: expected a whole number.", invalid.Message);
    }

    [Fact]
    public async Task Get_ServerThatFails_GivesItsTraceId()
    {
        using var server = new FakeServer().Answer(
            HttpStatusCode.InternalServerError, "application/problem+json", """{"detail": "Something went wrong.", "traceId": "t1"}""");

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal(
            "server: https://fashion.test/api failed with status 500: Something went wrong (traceId t1).", failure.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_ConnectionThatIsNotAcceptedInTime_IsNotCalledASlowAnswer()
    {
        // So the handler of HTTP reports its limit for a connection.
        using var server = new FakeServer().Fail(new TaskCanceledException("the cause", new TimeoutException()));

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal(
            "server: fashion.test:443 did not accept a connection within 15 s; check the address and whether a firewall stands between.",
            failure.Message);
    }

    [Theory]
    [InlineData(SocketError.TryAgain, "the host fashion.test cannot be found; check the address and the network.")]
    [InlineData(SocketError.ConnectionRefused, "nothing answers at fashion.test:443; check the address and whether the server runs.")]
    [InlineData(SocketError.NetworkUnreachable, "the network does not lead to fashion.test:443; check the address and the network.")]
    public async Task Get_FailureOfASocket_IsOneSentenceWithoutTheSystemsText(SocketError error, string expected)
    {
        var cause = new SocketException((int)error);
        using var server = new FakeServer().Fail(
            new HttpRequestException(HttpRequestError.ConnectionError, "the cause", new HttpRequestException("inner", cause)));

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal("server: " + expected, failure.Message);
    }

    [Fact]
    public async Task Get_ServerThatIsSlow_SaysWhatIsAwaited()
    {
        var time = new FakeTimeProvider();
        var notices = new Notices();
        using var server = new SlowServer();
        using var http = new HttpClient(server);
        var connection = new ServerConnection(
            http, new Uri("https://fashion.test/api/"), new SignIn("the-key", null, null, time), time, notices);

        var asked = connection.GetAsync<HealthDocument>("a", Cancellation);
        time.Advance(TimeSpan.FromSeconds(2));
        server.Answer();
        await asked;

        Assert.Equal(["waiting for https://fashion.test/api for 2 s: no answer yet"], notices.Texts);
    }

    private sealed class Notices : IProgress<ServerNotice>
    {
        public List<string> Texts { get; } = [];

        public void Report(ServerNotice value) => Texts.Add(value.Text);
    }

    /// <summary>A server that answers when its test tells it to.</summary>
    private sealed class SlowServer : HttpMessageHandler
    {
        private readonly TaskCompletionSource _answer = new();

        public void Answer() => _answer.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await _answer.Task;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Healthy, null, "application/json") };
        }
    }
}
