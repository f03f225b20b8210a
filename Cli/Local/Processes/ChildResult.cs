using System.Diagnostics;

namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>What a program left that ran to its end.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Errors)
{
    private static readonly ChildStop Stop = ChildStop.BySignal(TimeSpan.FromSeconds(5));

    /// <summary>Runs a short program without input, and reads all that it prints. A cancellation ends the program.</summary>
    /// <inheritdoc cref="IProcessStarter.Start"/>
    public static async Task<ChildResult> RunAsync(
        IProcessStarter processes, ProcessStartInfo start, string missing, TimeProvider time, CancellationToken cancellation)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var child = processes.Start(start, missing);
        child.Input.Close();
        var output = child.Output.ReadToEndAsync(CancellationToken.None);
        var errors = child.Errors.ReadToEndAsync(CancellationToken.None);
        var exit = await Stop.WaitAsync(child, time, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new ChildResult(exit.Code, await output, await errors);
    }
}
