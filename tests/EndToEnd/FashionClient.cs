using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ServerlessFashion.EndToEnd;

/// <summary>What a finished command left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>The command line program as a process of its own, as a user starts it.</summary>
internal sealed class FashionClient : IAsyncDisposable
{
    private const int Interruption = 2;

    /// <summary>Nothing listens there: a client of a server must not open storage.</summary>
    private const string NoStorage =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private readonly Task<string> _error;
    private readonly TaskCompletionSource _marker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _markerText;

    private FashionClient(IReadOnlyDictionary<string, string?> environment, string? marker, string[] arguments)
    {
        _markerText = marker;
        // A shell that runs the tests in the background ignores Ctrl-C, and what it starts inherits that; a user's terminal does not.
        string[] launch = OperatingSystem.IsLinux()
            ? ["/usr/bin/env", "--default-signal=INT", FashionServer.Program]
            : [FashionServer.Program];
        var start = new ProcessStartInfo(launch[0], [.. launch[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _reading = ReadAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>Starts a command that asks a server.</summary>
    /// <param name="marker">A text of the output to wait for.</param>
    public static FashionClient StartAt(Uri server, string marker, params string[] arguments) =>
        new(Environment(server), marker, arguments);

    /// <summary>Runs a command that asks a server to its end.</summary>
    public static async Task<CommandResult> RunAtAsync(Uri server, params string[] arguments)
    {
        await using var client = new FashionClient(Environment(server), null, arguments);
        return await client.EndAsync();
    }

    /// <summary>Runs a command on a storage account to its end.</summary>
    public static async Task<CommandResult> RunOnAsync(string storage, params string[] arguments)
    {
        await using var client = new FashionClient(
            new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage, ["FASHION_SERVER"] = null }, null, arguments);
        return await client.EndAsync();
    }

    /// <summary>Waits for the marker.</summary>
    public Task MarkerAsync() => _marker.Task.WaitAsync(LongestRun, TestContext.Current.CancellationToken);

    /// <summary>Sends Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, kill(_process.Id, Interruption));

    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(LongestRun);
        await _reading;
        return new CommandResult(_process.ExitCode, _output.ToString(), await _error);
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

    private static Dictionary<string, string?> Environment(Uri server) => new()
    {
        ["AzureWebJobsStorage"] = NoStorage,
        ["FASHION_SERVER"] = server.AbsoluteUri,
        ["FASHION_KEY"] = ServedSystem.FunctionKey,
    };

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Append(line).Append('\n');
            if (_markerText is not null && line.Contains(_markerText, StringComparison.Ordinal))
            {
                _marker.TrySetResult();
            }
        }

        _marker.TrySetException(new InvalidOperationException($"The program ended without '{_markerText}': {_output}"));
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
