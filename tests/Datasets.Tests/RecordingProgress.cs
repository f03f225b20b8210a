using System.Threading.Channels;

namespace ServerlessFashion.Datasets.Tests;

internal sealed class RecordingProgress : IProgress<string>
{
    private readonly Lock _gate = new();
    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();

    public List<string> Lines { get; } = [];

    public void Report(string value)
    {
        lock (_gate)
        {
            Lines.Add(value);
        }

        _arrived.Writer.TryWrite(value);
    }

    /// <summary>Waits until a line like this has been reported.</summary>
    public async Task WaitForAsync(Predicate<string> isAwaited)
    {
        while (!isAwaited(await _arrived.Reader.ReadAsync(TestContext.Current.CancellationToken)))
        {
        }
    }
}
