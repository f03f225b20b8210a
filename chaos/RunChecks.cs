using System.Globalization;

namespace ServerlessFashion.Chaos;

/// <summary>The checks at the end of a disturbed run.</summary>
internal static class RunChecks
{
    /// <summary>Records a loss unless the run has the results of the undisturbed one.</summary>
    /// <param name="what">Names the disturbance in the loss.</param>
    public static async Task CheckBitsAsync(
        this Tally tally, string what, string connection, string run, RunFiles reference, CancellationToken cancellation) =>
        tally.CheckBits(what, run, reference, await RunFiles.ReadAsync(connection, run, cancellation));

    /// <summary>The same for a run on the emulator of a project, which no command uses any more.</summary>
    public static async Task CheckBitsAsync(
        this Tally tally, string what, ScratchProject project, string run, RunFiles reference, CancellationToken cancellation) =>
        tally.CheckBits(what, run, reference, await RunFiles.ReadAsync(project, run, cancellation));

    private static void CheckBits(this Tally tally, string what, string run, RunFiles reference, RunFiles found)
    {
        var differences = reference.Compare(found);
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
            tally.Lose($"{what}: the command ended with {Describe(code)}: {command.ErrorText}");
        }

        return code == 0;
    }

    /// <summary>
    /// Records a loss unless a failed command ended with one sentence of its own and one of its exit codes.
    /// </summary>
    public static void CheckSentence(this Tally tally, string what, FashionCommand command, int? code)
    {
        if (code is 1 or 2 && command.Errors is [.., var last] && last.StartsWith("fashion: ", StringComparison.Ordinal)
            && !command.Errors.Any(line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal)))
        {
            tally.Count($"{what}: one sentence and code {code}");
            tally.Say($"{what}: {last}");
        }
        else
        {
            tally.Lose($"{what}: the command ended with {Describe(code)}: {command.ErrorText}");
        }
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
            tally.Lose($"{what}: the command ended with {Describe(code)}: {command.ErrorText}");
            return;
        }

        tally.Count($"{what} that ended with code {code}");
        if (code != 0)
        {
            tally.Say($"{what}: {(command.Errors is [.., var last] ? last : "nothing on standard error")}");
        }
    }

    private static string Describe(int? code) =>
        code is { } number ? string.Create(CultureInfo.InvariantCulture, $"code {number}") : "no code in time";
}
