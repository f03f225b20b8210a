using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>A child of this process.</summary>
internal sealed class ChildProcess : IChildProcess
{
    private readonly Process _process;

    /// <summary>Null for a child that ended at once.</summary>
    private readonly ProcessIdentity? _identity;

    private ChildProcess(Process process)
    {
        _process = process;
        _identity = ProcessIdentity.Find(process.Id);
    }

    /// <inheritdoc/>
    public TextWriter Input => _process.StandardInput;

    /// <inheritdoc/>
    public TextReader Output => _process.StandardOutput;

    /// <inheritdoc/>
    public TextReader Errors => _process.StandardError;

    /// <inheritdoc cref="IProcessStarter.Start"/>
    public static ChildProcess Start(ProcessStartInfo start, string missing)
    {
        try
        {
            return new ChildProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new InvalidInputException(missing, e);
        }
    }

    /// <inheritdoc/>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public bool Terminate() => _identity?.IsAlive() == true && UnixSignal.Terminate(_identity.Id);

    /// <inheritdoc/>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose() => _process.Dispose();
}

/// <summary>Starts programs of this machine.</summary>
internal sealed class ProcessStarter : IProcessStarter
{
    /// <inheritdoc/>
    public IChildProcess Start(ProcessStartInfo start, string missing) => ChildProcess.Start(start, missing);
}
