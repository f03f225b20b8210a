using System.Diagnostics;

namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>A program that this process started. Disposing releases the handle and leaves the program alone.</summary>
internal interface IChildProcess : IDisposable
{
    /// <summary>The child's standard input, if it is redirected.</summary>
    TextWriter Input { get; }

    /// <summary>The child's standard output, if it is redirected.</summary>
    TextReader Output { get; }

    /// <summary>The child's standard error, if it is redirected.</summary>
    TextReader Errors { get; }

    /// <summary>Waits until the child has ended by itself or by a signal.</summary>
    /// <returns>The exit code; on Unix 128 and the number of the signal that ended it.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the child may still run.</exception>
    Task<int> WaitForExitAsync(CancellationToken cancellation);

    /// <summary>Requests the child's end with SIGTERM.</summary>
    /// <returns>False if the system has no signals or the child has ended.</returns>
    bool Terminate();

    /// <summary>Ends the child and its descendants at once. A child that has ended is left alone.</summary>
    void Kill();
}

/// <summary>Starts programs. All children of the command line come from here; tests replace it.</summary>
internal interface IProcessStarter
{
    /// <param name="missing">The message if the program does not exist.</param>
    /// <exception cref="InvalidInputException">The program does not exist.</exception>
    IChildProcess Start(ProcessStartInfo start, string missing);
}
