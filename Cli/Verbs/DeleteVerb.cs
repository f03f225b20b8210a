using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion delete RUN...</c>: deletes runs that have ended, with their models and reports.</summary>
internal sealed class DeleteVerb(IComparisonService comparisons, WaitNotices waits, ConnectionText connection, Output output)
{
    private sealed record Request(IReadOnlyList<string> Runs, bool Yes, bool DryRun);

    public static Command Create()
    {
        var runs = RunArgument.Many();
        return new Command("delete", "Deletes runs that have ended, with their models and reports.")
        {
            runs, DeletionOptions.Yes, DeletionOptions.DryRun, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DeleteVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => new Request(
                parse.GetRequiredValue(runs), parse.GetValue(DeletionOptions.Yes), parse.GetValue(DeletionOptions.DryRun)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private Task<int> RunAsync(Request request, CancellationToken cancellation) =>
        new RunDeletion(comparisons, waits, output, Confirmation.OfTerminal(), connection.Server).RunAsync(
            "delete", () => comparisons.PlanDeletionAsync(request.Runs, cancellation), request.Yes, request.DryRun, keepsRefused: false,
            cancellation);
}
