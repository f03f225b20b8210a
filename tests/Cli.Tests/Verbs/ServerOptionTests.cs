using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>What goes wrong with a server is one sentence on standard error. No storage is asked for anything.</summary>
public sealed class ServerOptionTests
{
    private const string NoStorage =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    [Theory]
    [InlineData("server: expected an address such as https://HOST/api", "runs", "--server", "fashion.test")]
    [InlineData("server: expected an address without a user, '?' and '#'", "runs", "--server", "https://fashion.test/api?code=secret")]
    [InlineData("server: expected the address of an API, found nothing", "runs", "--server", "")]
    [InlineData("server: a command uses a server or a storage account", "runs", "--server", "https://fashion.test", "--storage", "secret")]
    [InlineData("server: --key-file, --auth and --scope sign in to a server", "runs", "--auth", "entra")]
    [InlineData("auth: 'password' is not one of key, entra", "runs", "--server", "https://fashion.test", "--auth", "password")]
    [InlineData("scope: --auth entra needs the scope", "models", "--server", "https://fashion.test", "--auth", "entra")]
    [InlineData("key-file: does-not-exist cannot be read", "runs", "--server", "https://fashion.test", "--key-file", "does-not-exist")]
    [InlineData("data: a server has its own data set", "compare", "--server", "https://fashion.test", "--data", "/")]
    public async Task Command_OptionThatCannotBeUsed_ExitsWith2AndOneLine(string expected, params string[] arguments)
    {
        var result = await FashionProgram.RunAsync(NoStorage, arguments);

        AssertOneLine(2, expected, result);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_KeyForAServerWithoutEncryption_IsRefusedWithoutTheKey()
    {
        var result = await RunAsync(("FASHION_KEY", "secret"), "runs", "--server", "http://fashion.test/api");

        AssertOneLine(2, "server: http://fashion.test would receive the key or token unencrypted", result);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_NothingAnswers_ExitsWith1AtOnce()
    {
        var result = await RunAsync(("FASHION_SERVER", "http://127.0.0.1:1/api"), "runs");

        AssertOneLine(1, "server: nothing answers at 127.0.0.1:1; check the address and whether the server runs.", result);
    }

    [Fact]
    public async Task Command_StorageNamedBesideTheSetting_UsesTheStorage()
    {
        var result = await RunAsync(("FASHION_SERVER", "http://127.0.0.1:1/api"), "runs", "--storage", "nonsense");

        AssertOneLine(2, "storage: the connection string cannot be read", result);
    }

    [Fact]
    public async Task Command_ServerOfSomethingElse_IsNamed()
    {
        using var other = new WebPage();

        var plain = await FashionProgram.RunAsync(NoStorage, "runs", "--server", $"http://127.0.0.1:{other.Port}");
        var secure = await FashionProgram.RunAsync(NoStorage, "runs", "--server", $"https://127.0.0.1:{other.Port}");

        AssertOneLine(2, $"server: there is no API of ServerlessFashion at http://127.0.0.1:{other.Port}/api", plain);
        AssertOneLine(1, $"server: no secure connection to 127.0.0.1:{other.Port}", secure);
    }

    [Fact]
    public async Task Upload_FileThatDoesNotExist_IsBadInput()
    {
        var result = await RunAsync(("FASHION_SERVER", "http://127.0.0.1:1/api"), "upload", "does-not-exist.csv");

        AssertOneLine(2, "does-not-exist.csv: cannot be read", result);
    }

    [Fact]
    public async Task Upload_Folder_NamesTheRemedy()
    {
        using var folder = new TemporaryFolder();

        var result = await RunAsync(("FASHION_SERVER", "http://127.0.0.1:1/api"), "upload", folder.Path);

        AssertOneLine(2, "expected a file, found a folder; pack its pictures as a ZIP.", result);
    }

    private static Task<CommandResult> RunAsync((string Name, string Value) setting, params string[] arguments) =>
        FashionProgram.RunAsync(NoStorage, new Dictionary<string, string> { [setting.Name] = setting.Value }, arguments);

    private static void AssertOneLine(int exitCode, string expected, CommandResult result)
    {
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fashion: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
    }

    /// <summary>A web server that answers every request with the same page.</summary>
    private sealed class WebPage : IDisposable
    {
        private static readonly byte[] Page = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public WebPage()
        {
            _listener.Start();
            _ = AnswerAsync();
        }

        public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[16]);
                await stream.WriteAsync(Page);
            }
        }
    }
}
