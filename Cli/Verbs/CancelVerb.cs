using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion cancel RUN</c>: stops a comparison.</summary>
internal static class CancelVerb
{
    private sealed record Result(string RunId, bool Requested);

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Id of a run; `fashion runs` lists them." };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("cancel", "Stops a comparison; finished epochs are kept.") { run, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetRequiredValue(run), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string? storage, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var (run, requested) = await LocalApplication.Create(connection.Storage).Cancel.CancelAsync(id, cancellation);
        output.Result(new Result(run.Id, requested), () => output.Line(Describe(run, requested)));
        return ExitCodes.Done;
    }

    private static string Describe(RunRecord run, bool requested)
    {
        if (!requested)
        {
            return $"run {run.Id} is already {run.Status.ToString().ToLowerInvariant()}";
        }

        var effect = run.IsFinished ? "is cancelled" : "stops after the current batch";
        return $"run {run.Id} {effect}; continue with: ./fashion compare --resume {run.Id}";
    }
}
