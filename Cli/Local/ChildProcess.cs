using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessFashion.Cli.Local;

/// <summary>A program that this process started. On cancellation it is first asked to end, and killed if it does not.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The child's standard input, if it is redirected.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>The child's standard output, if it is redirected.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>The child's standard error, if it is redirected.</summary>
    public StreamReader Errors => _process.StandardError;

    /// <param name="missing">The message if the program does not exist.</param>
    /// <exception cref="InvalidInputException">The program does not exist.</exception>
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

    public void Dispose() => _process.Dispose();

    /// <summary>Waits until the child has ended, also after a cancellation.</summary>
    /// <param name="ask">Asks the child to end. Called once, on cancellation.</param>
    /// <param name="grace">Time for the child to end by itself. Then it is killed together with all its descendants.</param>
    /// <returns>The exit code; on Unix 137 if the child was killed.</returns>
    public async Task<int> WaitAsync(Action<ChildProcess> ask, TimeSpan grace, CancellationToken cancellation)
    {
        if (!await EndsAsync(cancellation))
        {
            ask(this);
            using var late = new CancellationTokenSource(grace);
            if (!await EndsAsync(late.Token))
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        return _process.ExitCode;
    }

    /// <summary>False if the token was cancelled before the child ended.</summary>
    private async Task<bool> EndsAsync(CancellationToken cancellation)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
