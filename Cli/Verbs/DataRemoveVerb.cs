using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data remove NAME</c>: deletes a registered data set.</summary>
internal sealed class DataRemoveVerb(IDatasetService datasets, Output output)
{
    private const string NoTerminal = "data remove: nobody can confirm here; repeat the command with --yes.";

    private sealed record Request(string Name, bool Yes);

    /// <param name="Removed">False after a "no".</param>
    private sealed record Result(string Name, bool Removed);

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the data set." };
        return new Command("remove", "Deletes a registered data set.")
        {
            name, DeletionOptions.Yes, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DataRemoveVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(parse.GetRequiredValue(name), parse.GetValue(DeletionOptions.Yes)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string name, bool yes)
    {
        ImportRequest.CheckName(name);
        if (!yes)
        {
            Confirmation.OfTerminal().RequireTerminal(NoTerminal);
        }

        return new Request(name, yes);
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var isConfirmed = request.Yes || await Confirmation.OfTerminal().AskAsync(
            $"Delete the data set {request.Name}?", NoTerminal, cancellation);
        if (isConfirmed)
        {
            await datasets.RemoveAsync(request.Name, cancellation);
        }

        output.Result(
            new Result(request.Name, isConfirmed),
            () => output.Line(isConfirmed ? $"data set {request.Name} deleted" : "nothing deleted"));
        return isConfirmed ? ExitCodes.Done : ExitCodes.Cancelled;
    }
}
