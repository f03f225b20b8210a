using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ServerlessFashion.EndToEnd;

/// <summary><c>fashion serve</c> as a process of its own, on a port that it chose.</summary>
internal sealed class FashionServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private FashionServer(Process process) => _process = process;

    public Uri Url { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>What it has said so far, for messages of failed tests.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The command line program.</summary>
    public static string Program => PathOf("FashionProgram");

    /// <summary>The folder of the documentation.</summary>
    public static string Documentation => PathOf("Documentation");

    /// <param name="port">0 for any free port.</param>
    public static async Task<FashionServer> StartAsync(string storage, int port = 0)
    {
        var start = new ProcessStartInfo(Program, ["serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        var server = new FashionServer(Process.Start(start)!);
        server._process.ErrorDataReceived += server.Keep;
        server._process.BeginErrorReadLine();

        using var late = new CancellationTokenSource(StartTimeout);
        var document = new StringBuilder();
        do
        {
            var line = await server._process.StandardOutput.ReadLineAsync(late.Token)
                ?? throw new InvalidOperationException($"fashion serve ended before it listened. {server.Log}");
            document.Append(line);
        }
        while (!document.ToString().EndsWith('}'));

        server.Url = new Uri(JsonDocument.Parse(document.ToString()).RootElement.GetProperty("url").GetString() + "/");
        return server;
    }

    /// <summary>Ends the server with no chance to tidy up, as <c>kill -9</c> does; not the trainings that it has started.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }

    private static string PathOf(string name) =>
        typeof(FashionServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == name).Value!;
}
