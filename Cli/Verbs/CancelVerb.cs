using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion cancel RUN</c>: asks a running comparison to stop after the batch at hand.</summary>
internal static class CancelVerb
{
    private sealed record Result(string RunId, bool Requested);

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Id of a run; `fashion runs` lists them." };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("cancel", "Asks a running comparison to stop; finished epochs are kept.") { run, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetRequiredValue(run), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string? storage, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var runs = new RunStore(connection.Storage);
        var run = await runs.GetAsync(id, cancellation);
        if (run.IsFinished)
        {
            output.Result(new Result(run.Id, false), () => output.Line($"run {run.Id} is {run.Status.ToString().ToLowerInvariant()} already"));
            return ExitCodes.Done;
        }

        await runs.RequestCancelAsync(run.Id, cancellation);
        output.Result(new Result(run.Id, true), () => output.Line($"run {run.Id} stops after the batch at hand; go on with: ./fashion compare --resume {run.Id}"));
        return ExitCodes.Done;
    }
}
