using System.Diagnostics;

namespace ServerlessFashion.Chaos;

/// <summary>One command of the program under test, in a process of its own. Disposing kills it with its descendants.</summary>
internal sealed class FashionCommand : IAsyncDisposable
{
    private const string RunPrefix = "run ";

    private readonly Process _process;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly Task _read;
    private bool _isDisposed;
    private readonly TaskCompletionSource<string?> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _accepted;

    private FashionCommand(Process process)
    {
        _process = process;
        _read = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _errors));
    }

    public int Id => _process.Id;

    /// <summary>The time since its start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>The time since it printed the run's id; null if it has not.</summary>
    public TimeSpan? SinceAccepted => _run.Task.IsCompleted && RunId is not null ? Stopwatch.GetElapsedTime(_accepted) : null;

    /// <summary>The run's id once it was printed; otherwise null.</summary>
    public string? RunId => _run.Task.IsCompleted ? _run.Task.Result : null;

    /// <summary>The lines printed so far on standard output.</summary>
    public IReadOnlyList<string> Output => Copy(_output);

    /// <summary>The lines printed so far on standard error.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    /// <summary>The lines on standard error as one, for messages.</summary>
    public string ErrorText => string.Join(" / ", Errors);

    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="through">A program that starts the command, such as <c>setpriv</c>, with its arguments.</param>
    public static FashionCommand Start(
        ScratchProject project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null,
        IReadOnlyList<string>? through = null)
    {
        var program = Path.Combine(ScratchProject.Home, "Cli", "bin", "Release", "net10.0", "fashion");
        IReadOnlyList<string> words = [.. through ?? [], program, .. arguments];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = project.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FASHION_HOME"] = project.Folder;
        start.Environment.Remove("AzureWebJobsStorage");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var command = new FashionCommand(Process.Start(start)!);
        command._process.StandardInput.Close();
        return command;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        await _read.WaitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Waits for its end for a limited time.</summary>
    /// <returns>The exit code; null if it still runs.</returns>
    public async Task<int?> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(limit);
        try
        {
            return await WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Waits until it prints the id of its run.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<string> WaitForRunAsync(CancellationToken cancellation) =>
        await _run.Task.WaitAsync(cancellation)
            ?? throw new InvalidOperationException($"The command ended before it printed a run: {ErrorText}");

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            Processes.KillTree(Id);
            await _process.WaitForExitAsync();
        }

        await _read;
        _process.Dispose();
    }

    private static List<string> Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }

    private async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }

            if (lines == _output && !_run.Task.IsCompleted && line.StartsWith(RunPrefix, StringComparison.Ordinal))
            {
                _accepted = Stopwatch.GetTimestamp();
                _run.TrySetResult(line[RunPrefix.Length..]);
            }
        }

        if (lines == _output)
        {
            _run.TrySetResult(null);
        }
    }
}
