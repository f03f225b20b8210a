using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion delete RUN...</c>: deletes runs that have ended, with their models and reports.</summary>
internal static class DeleteVerb
{
    private sealed record Request(IReadOnlyList<string> RunIds, bool Yes, string? Storage, bool Json);

    private sealed record Result(IReadOnlyList<string> Deleted);

    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Ids of runs; `fashion runs` lists them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var yes = new Option<bool>("--yes") { Description = "Delete without confirmation." };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("delete", "Deletes runs that have ended, with their models and reports.") { runs, yes, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(
            new Request([.. parse.GetRequiredValue(runs).Distinct()], parse.GetValue(yes), parse.GetValue(storage), parse.GetValue(json)),
            Confirmation.OfTerminal(), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Request request, Confirmation confirmation, CancellationToken cancellation)
    {
        var output = new Output(request.Json);
        if (!request.Yes && !await ConfirmAsync(request, confirmation, cancellation))
        {
            output.Result(new Result([]), () => output.Line("nothing deleted"));
            return ExitCodes.Cancelled;
        }

        await using var connection = await StorageConnection.OpenAsync(request.Storage, cancellation);
        var application = LocalApplication.Create(connection.Storage);
        foreach (var id in request.RunIds)
        {
            await application.Delete.DeleteAsync(id, cancellation);
            output.Line($"run {id} deleted");
        }

        output.Result(new Result(request.RunIds), () => { });
        return ExitCodes.Done;
    }

    private static Task<bool> ConfirmAsync(Request request, Confirmation confirmation, CancellationToken cancellation) =>
        confirmation.AskAsync(
            $"Delete {string.Join(", ", request.RunIds)} with all models and reports? This cannot be undone.",
            "delete: there is no terminal for a confirmation; add --yes to delete without one.",
            cancellation);
}
