using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessFashion.Cli.Tests;

/// <summary>What a finished command left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>The built program as a process of its own, as a user starts it.</summary>
internal sealed class FashionProgram : IDisposable
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "fashion.exe" : "fashion");

    // A shell that runs the tests in the background ignores Ctrl-C, and what it starts inherits that; a user's terminal does not.
    private static readonly string[] Launch =
        OperatingSystem.IsLinux() ? ["/usr/bin/env", "--default-signal=INT", Executable] : [Executable];

    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _marker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];
    private readonly string? _markerText;
    private readonly Task _reading;
    private readonly Task<string> _error;

    private FashionProgram(string storage, string? marker, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Launch[0], [.. Launch[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        // The launcher sets it for the tests that it runs.
        start.Environment.Remove("FASHION_COMMAND");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _markerText = marker;
        _process = Process.Start(start)!;
        _reading = ReadAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Starts a command whose output is watched for <paramref name="marker"/>.</summary>
    public static FashionProgram Start(string storage, string marker, params string[] arguments) => new(
        storage, marker, NoEnvironment, arguments);

    /// <summary>The same with a search path of its own.</summary>
    public static FashionProgram StartWithPath(string path, string storage, string marker, params string[] arguments) =>
        new(storage, marker, new Dictionary<string, string> { ["PATH"] = path }, arguments);

    /// <summary>The same with further environment variables.</summary>
    public static FashionProgram Start(
        string storage, string marker, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(storage, marker, environment, arguments);

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(string storage, params string[] arguments) => RunAsync(storage, NoEnvironment, arguments);

    /// <summary>The same with further environment variables.</summary>
    public static async Task<CommandResult> RunAsync(
        string storage, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var program = new FashionProgram(storage, null, environment, arguments);
        return await program.EndAsync();
    }

    /// <summary>Runs a shell script in which <c>$FASHION</c> is the program.</summary>
    public static async Task<CommandResult> RunScriptAsync(string storage, string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["FASHION"] = Executable;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5));
        return new CommandResult(process.ExitCode, output, await error);
    }

    /// <summary>The first line that holds the marker.</summary>
    public Task<string> MarkerAsync() => _marker.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

    /// <summary>Sends Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, kill(_process.Id, 2));

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => Assert.Equal(0, kill(_process.Id, 15));

    /// <summary>Ends the program and every training process with no chance to tidy up.</summary>
    public void KillTree() => _process.Kill(entireProcessTree: true);

    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5));
        await _reading;
        return new CommandResult(_process.ExitCode, string.Join('\n', _lines), string.Join('\n', (await _error).Split('\n').Where(IsOwn)));
    }

    /// <summary>Whether a command waits for more than two seconds depends on the load of the machine.</summary>
    private static bool IsOwn(string error) =>
        !error.StartsWith("fashion: waiting for ", StringComparison.Ordinal)
        && !error.Contains(" answers again after ", StringComparison.Ordinal);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            KillTree();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
            if (_markerText is not null && line.Contains(_markerText, StringComparison.Ordinal))
            {
                _marker.TrySetResult(line);
            }
        }

        _marker.TrySetException(new InvalidOperationException("The program ended without the line that was waited for."));
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
