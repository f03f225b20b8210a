using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>
/// A connection to the emulator's process. It stays open as long as the command uses the storage; the system closes it when the command
/// is killed.
/// </summary>
internal sealed class EmulatorLease : IEmulatorLease
{
    private const string Welcome = "welcome";
    private const string Ready = "ready ";

    /// <summary>
    /// The emulator answers at once, unless its process is stopped, or loads its modules on a busy machine: with a load of 12 on two cores
    /// that took more than 10 s.
    /// </summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan EndPoll = TimeSpan.FromMilliseconds(10);

    private readonly EmulatorState _state;
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private Task<string> _farewell = Task.FromResult("");

    private EmulatorLease(EmulatorState state, Socket socket)
    {
        _state = state;
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
    }

    /// <inheritdoc/>
    public string ConnectionString { get; private set; } = "";

    /// <inheritdoc/>
    public Task Ended => _farewell;

    /// <inheritdoc cref="IEmulatorProcess.TryJoinAsync"/>
    public static async Task<EmulatorLease?> TryJoinAsync(EmulatorState state, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var joined = false;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, state.Port), cancellation);
            var lease = new EmulatorLease(state, socket);
            joined = await lease.TrySignInAsync(cancellation);
            return joined ? lease : null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Nobody listens any more, or the emulator ended meanwhile.
            return null;
        }
        finally
        {
            if (!joined)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>
    /// Leaves. The emulator answers at once if others use it. Otherwise it writes its data, and the connection closes with its process.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        using var late = new CancellationTokenSource(LeaveTimeout);
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            var others = await _farewell.WaitAsync(late.Token);
            while (others.Length == 0 && _state.Process.IsAlive())
            {
                // The system closes the connection a moment before the process is gone.
                await Task.Delay(EndPoll, late.Token);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // It has ended, or it will end by itself.
        }

        _reader.Dispose();
        _socket.Dispose();
    }

    private async Task<bool> TrySignInAsync(CancellationToken cancellation)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes(_state.Token + "\n"), cancellation);
        if (await ReadAsync(AnswerTimeout, cancellation) != Welcome
            || await ReadAsync(StartTimeout, cancellation) is not { } ready || !ready.StartsWith(Ready, StringComparison.Ordinal))
        {
            return false;
        }

        ConnectionString = ready[Ready.Length..];
        _farewell = _reader.ReadToEndAsync(CancellationToken.None);
        return true;
    }

    private async Task<string?> ReadAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(timeout);
        try
        {
            return await _reader.ReadLineAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidInputException(
                $"storage: the emulator of this folder (process {_state.Pid}) has not answered for {timeout.TotalSeconds:0} s; if it is "
                + "stopped, let it go on or end it, and try again.");
        }
    }
}
