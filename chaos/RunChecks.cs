namespace ServerlessFashion.Chaos;

/// <summary>The checks at the end of a disturbed run.</summary>
internal static class RunChecks
{
    /// <summary>Records a loss unless the run has the results of the undisturbed one.</summary>
    /// <param name="what">Names the disturbance in the loss.</param>
    public static async Task CheckBitsAsync(
        this Tally tally, string what, string connection, string run, RunFiles reference, CancellationToken cancellation)
    {
        var differences = reference.Compare(await RunFiles.ReadAsync(connection, run, cancellation));
        if (differences.Count > 0)
        {
            tally.Lose($"{what}: {run} differs in {string.Join(", ", differences)}");
        }
        else
        {
            tally.Count("runs with the same bits");
        }
    }

    /// <summary>Waits for a command that must succeed, and records a loss if it does not.</summary>
    public static async Task<bool> CheckDoneAsync(
        this Tally tally, string what, FashionCommand command, TimeSpan limit, CancellationToken cancellation)
    {
        var code = await command.WaitAsync(limit, cancellation);
        if (code != 0)
        {
            var end = code is null ? $"did not end within {limit.TotalSeconds:0} s" : $"ended with code {code}";
            tally.Lose($"{what}: the command {end}: {command.ErrorText}");
        }

        return code == 0;
    }

    /// <summary>
    /// Waits for a command that may fail with one sentence, such as a worker that lost its run to another one. Counts how it ended.
    /// </summary>
    public static async Task CheckEndsClearlyAsync(
        this Tally tally, string what, FashionCommand command, TimeSpan limit, CancellationToken cancellation)
    {
        var code = await command.WaitAsync(limit, cancellation);
        var trace = command.Errors.FirstOrDefault(line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        if (code is null or > 2 || trace is not null)
        {
            tally.Lose($"{what}: the command ended with code {code?.ToString() ?? "none"}: {command.ErrorText}");
            return;
        }

        tally.Count($"{what} that ended with code {code}");
        if (code != 0)
        {
            tally.Say($"{what}: {(command.Errors is [.., var last] ? last : "nothing on standard error")}");
        }
    }
}
