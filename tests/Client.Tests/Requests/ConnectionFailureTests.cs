using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests.Requests;

/// <summary>Failures as the framework reports them, with real sockets.</summary>
public sealed class ConnectionFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ServerThatClosesEarly_IsNamedWithoutTheFrameworksText()
    {
        using var server = new SocketServer((_, _) => Task.CompletedTask);

        var failure = await FailAsync(server, "http");

        Assert.Equal(
            $"server: 127.0.0.1:{server.Port} closed the connection without an answer; check the address and whether the server is well.",
            failure.Message);
    }

    [Fact]
    public async Task Get_AnswerThatIsCut_IsNamed()
    {
        using var server = new SocketServer(async (stream, stop) => await stream.WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"), stop));

        var failure = await FailAsync(server, "http");

        Assert.Equal($"server: the connection to 127.0.0.1:{server.Port} was cut before the answer was complete.", failure.Message);
    }

    [Fact]
    public async Task Get_ConnectionThatIsNeverMade_IsNotCalledASlowAnswer()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(20),
            ConnectCallback = async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return Stream.Null;
            },
        };

        var failure = await FailAsync(handler, new Uri("http://fashion.test/api/"));

        Assert.StartsWith("server: fashion.test:80 did not accept a connection within 15 s;", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PlainServerAtASecureAddress_NamesTheScheme()
    {
        using var server = new SocketServer(async (stream, stop) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), stop));

        var failure = await FailAsync(server, "https");

        Assert.Equal(
            $"server: no secure connection to 127.0.0.1:{server.Port}, because what answers there does not speak TLS; check whether the "
            + "address begins with http:// instead of https://.",
            failure.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", 1, "no authority that this machine trusts has signed its certificate")]
    [InlineData("127.0.0.1", -1, "its certificate has expired or is not valid yet")]
    [InlineData("192.0.2.1", 1, "its certificate is for another host name")]
    public async Task Get_CertificateThatCannotBeTrusted_IsRefusedForItsReason(string host, int daysLeft, string expected)
    {
        using var certificate = Certificate(host, daysLeft);
        using var server = new SocketServer(async (stream, stop) =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        });

        var failure = await FailAsync(server, "https");

        Assert.StartsWith(
            $"server: no secure connection to 127.0.0.1:{server.Port}, because {expected}", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    private static async Task<ServerException> FailAsync(SocketServer server, string scheme)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = ServerCertificate.Check },
        };
        return await FailAsync(handler, new Uri($"{scheme}://127.0.0.1:{server.Port}/api/"));
    }

    private static async Task<ServerException> FailAsync(SocketsHttpHandler handler, Uri address)
    {
        using var http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        // Its pauses are over at once.
        var time = new SkippingTime();
        var connection = new ServerConnection(http, address, new SignIn(null, null, null, time), time);
        return await Assert.ThrowsAsync<ServerException>(() => connection.GetAsync<HealthDocument>("health", Cancellation));
    }

    private static X509Certificate2 Certificate(string host, int daysLeft)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fashion", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(daysLeft));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A server that does the same with each connection after the first bytes, and then closes it.</summary>
    private sealed class SocketServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<Stream, CancellationToken, Task> _answer;

        public SocketServer(Func<Stream, CancellationToken, Task> answer)
        {
            _answer = answer;
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(Cancellation);
                await using var stream = client.GetStream();
                try
                {
                    // Unread bytes would reset the connection.
                    await client.Client.ReceiveAsync(new byte[16 << 10], SocketFlags.Peek, Cancellation);
                    await _answer(stream, Cancellation);
                    client.Client.Shutdown(SocketShutdown.Send);
                    await stream.CopyToAsync(Stream.Null, Cancellation);
                }
                catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
                {
                    // The client has left.
                }
            }
        }
    }
}
