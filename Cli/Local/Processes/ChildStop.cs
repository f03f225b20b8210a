namespace ServerlessFashion.Cli.Local.Processes;

/// <summary>How a child is brought to its end: it is asked, then gets SIGTERM, and is then killed with all its descendants.</summary>
/// <param name="Ask">Asks the child to end; null where SIGTERM is the request.</param>
/// <param name="AskGrace">Time for the child to end after it was asked.</param>
/// <param name="TerminateGrace">Time for the child to end after SIGTERM. A system without signals kills it at once.</param>
internal sealed record ChildStop(Action<IChildProcess>? Ask, TimeSpan AskGrace, TimeSpan TerminateGrace)
{
    /// <summary>The longest time from the cancellation to the end.</summary>
    public TimeSpan Total => (Ask is null ? TimeSpan.Zero : AskGrace) + TerminateGrace;

    /// <summary>SIGTERM, and after the grace the end.</summary>
    public static ChildStop BySignal(TimeSpan grace) => new(null, TimeSpan.Zero, grace);

    /// <summary>Waits until the child has ended. A cancellation brings it to its end.</summary>
    public async Task<ChildExit> WaitAsync(IChildProcess child, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindExitAsync(child, cancellation) is { } free)
        {
            return new ChildExit(free, WasKilled: false);
        }

        if (Ask is not null)
        {
            TryAsk(child);
            if (await FindExitAsync(child, AskGrace, time) is { } asked)
            {
                return new ChildExit(asked, WasKilled: false);
            }
        }

        if (child.Terminate() && await FindExitAsync(child, TerminateGrace, time) is { } terminated)
        {
            return new ChildExit(terminated, WasKilled: Ask is not null);
        }

        child.Kill();
        return new ChildExit(await child.WaitForExitAsync(CancellationToken.None), WasKilled: true);
    }

    /// <summary>Waits for the child's end.</summary>
    /// <returns>The exit code; null if the token was cancelled before the child ended.</returns>
    public static async Task<int?> FindExitAsync(IChildProcess child, CancellationToken cancellation)
    {
        try
        {
            return await child.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void TryAsk(IChildProcess child)
    {
        try
        {
            Ask!(child);
        }
        catch (IOException)
        {
            // The child has just ended, or closed the pipe through which it was asked.
        }
    }

    private static async Task<int?> FindExitAsync(IChildProcess child, TimeSpan grace, TimeProvider time)
    {
        using var late = new CancellationTokenSource(grace, time);
        return await FindExitAsync(child, late.Token);
    }
}

/// <summary>How a child ended.</summary>
/// <param name="WasKilled">True if it did not end when it was asked, and a signal ended it.</param>
internal sealed record ChildExit(int Code, bool WasKilled);
