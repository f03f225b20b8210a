using System.Runtime.InteropServices;

namespace ServerlessFashion.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a cancellation token. The first signal requests a clean stop; a second one ends the program at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private const string ShowCursor = "\u001b[?25h";

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        if (!_source.IsCancellationRequested)
        {
            signal.Cancel = true;
            // Handlers of the token may wait; the signal thread must not.
            _ = Task.Run(_source.Cancel);
        }
        else if (!Console.IsOutputRedirected)
        {
            // The program ends at once, and a live table has hidden the cursor.
            Console.Out.Write(ShowCursor);
        }
    }
}
