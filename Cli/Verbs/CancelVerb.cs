using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion cancel RUN</c>: stops a comparison.</summary>
internal sealed class CancelVerb(IComparisonService comparisons, ConnectionText connection, Output output)
{
    private sealed record Result(string RunId, bool Requested);

    public static Command Create()
    {
        var run = RunArgument.One();
        return new Command("cancel", "Stops a comparison; finished epochs are kept.")
        {
            run, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<CancelVerb, string>(
            VerbNeeds.Account, (parse, _) => parse.GetRequiredValue(run), (verb, id, cancellation) => verb.RunAsync(id, cancellation));
    }

    private async Task<int> RunAsync(string id, CancellationToken cancellation)
    {
        var (run, requested) = await comparisons.CancelAsync(id, cancellation);
        output.Result(new Result(run.Id, requested), () => output.Line(Describe(run, requested)));
        return ExitCodes.Done;
    }

    private string Describe(RunRecord run, bool requested)
    {
        if (!requested)
        {
            return $"run {run.Id} is already {run.Status.ToString().ToLowerInvariant()}";
        }

        var effect = run.IsFinished ? "is cancelled" : "stops after the current batch";
        return $"run {run.Id} {effect}; continue with: {CommandName.Text} compare --resume {run.Id}{connection.Text}";
    }
}
