using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion delete RUN...</c>: deletes runs that have ended, with their models and reports.</summary>
internal sealed class DeleteVerb(IComparisonService comparisons, WaitNotices waits, Output output)
{
    private sealed record Request(IReadOnlyList<string> RunIds, bool Yes);

    private sealed record Result(IReadOnlyList<string> Deleted);

    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Ids of runs; `fashion runs` lists them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var yes = new Option<bool>("--yes") { Description = "Delete without confirmation." };
        return new Command("delete", "Deletes runs that have ended, with their models and reports.")
        {
            runs, yes, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DeleteVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => new Request([.. parse.GetRequiredValue(runs).Distinct()], parse.GetValue(yes)),
            (verb, request, cancellation) => verb.RunAsync(request, Confirmation.OfTerminal(), cancellation));
    }

    private async Task<int> RunAsync(Request request, Confirmation confirmation, CancellationToken cancellation)
    {
        if (!request.Yes && !await ConfirmAsync(request, confirmation, cancellation))
        {
            output.Result(new Result([]), () => output.Line("nothing deleted"));
            return ExitCodes.Cancelled;
        }

        foreach (var id in request.RunIds)
        {
            using var wait = waits.Begin($"run {id} to be deleted");
            await comparisons.DeleteAsync(id, cancellation);
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
