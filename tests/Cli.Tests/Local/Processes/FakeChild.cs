using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Cli.Tests.Local.Processes;

/// <summary>A child that does what the test says. It keeps what was done to it, and is also its own starter.</summary>
internal sealed class FakeChild : IChildProcess, IProcessStarter
{
    private readonly Lines _output = new();
    private readonly Lines _errors = new();
    private readonly ClosableText _input = new();
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _waits = new(0);

    public FakeChild() => _input.Closed = () => Did("input closed");

    public TextWriter Input => _input;

    public TextReader Output => _output;

    public TextReader Errors => _errors;

    /// <summary>What was done to the child, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The events that end the child, such as <c>terminated</c>. <c>killed</c> always does.</summary>
    public List<string> EndsOn { get; } = [];

    /// <summary>Whether the system has SIGTERM.</summary>
    public bool HasSignals { get; init; } = true;

    public ProcessStartInfo? Started { get; private set; }

    public string Received => _input.ToString();

    public IChildProcess Start(ProcessStartInfo start, string missing)
    {
        Started = start;
        return this;
    }

    /// <summary>Waits until somebody waits for the child's end once more: its next timer runs then.</summary>
    public Task WaitedForAsync() => _waits.WaitAsync(TestContext.Current.CancellationToken);

    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        _waits.Release();
        return await _exit.Task.WaitAsync(cancellation);
    }

    public bool Terminate()
    {
        if (HasSignals)
        {
            Did("terminated");
        }

        return HasSignals;
    }

    public void Kill()
    {
        Did("killed");
        Exit(137);
    }

    public void Say(StepMessage message) => _output.Add(JsonSerializer.Serialize(message, Json.Compact));

    public void SayError(string line) => _errors.Add(line);

    public void Exit(int code)
    {
        _output.End();
        _errors.End();
        _exit.TrySetResult(code);
    }

    public void Dispose()
    {
        // The test reads what is left.
    }

    private void Did(string what)
    {
        Events.Add(what);
        if (EndsOn.Contains(what))
        {
            Exit(143);
        }
    }

    private sealed class ClosableText : StringWriter
    {
        public Action Closed { get; set; } = () => { };

        public override void Close() => Closed();

        public override Encoding Encoding => Encoding.UTF8;
    }

    private sealed class Lines : TextReader
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public void Add(string line) => _lines.Writer.TryWrite(line);

        public void End() => _lines.Writer.TryComplete();

        public override Task<string?> ReadLineAsync() => ReadLineAsync(CancellationToken.None).AsTask();

        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
            await _lines.Reader.WaitToReadAsync(cancellationToken) ? await _lines.Reader.ReadAsync(cancellationToken) : null;
    }
}
