using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion clean</c>: deletes old runs. It never deletes a run that has not ended, or that holds the champion or an earlier champion
/// that a rollback can reach.
/// </summary>
internal sealed class CleanVerb(IComparisonService comparisons, WaitNotices waits, ConnectionText connection, Output output)
{
    private sealed record Request(CleanRule Rule, bool Yes, bool DryRun);

    public static Command Create()
    {
        var olderThan = new Option<string?>("--older-than")
        {
            Description = "Only runs created longer ago than an age such as 12h, 30d or 4w.",
            HelpName = "AGE",
        };
        var keep = new Option<int?>("--keep")
        {
            Description = "Keep the newest N runs, of the status of --status if given.",
            HelpName = "N",
        };
        var status = new Option<string?>("--status")
        {
            Description = "Only runs of this status: completed, failed or cancelled.",
            HelpName = "S",
        };
        return new Command("clean", "Deletes old runs that have ended, and never the champion's.")
        {
            olderThan, keep, status, DeletionOptions.Yes, DeletionOptions.DryRun, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<CleanVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => new Request(
                Read(parse.GetValue(olderThan), parse.GetValue(keep), OptionText.Choice<RunStatus>("status", parse.GetValue(status))),
                parse.GetValue(DeletionOptions.Yes), parse.GetValue(DeletionOptions.DryRun)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static CleanRule Read(string? olderThan, int? keep, RunStatus? status)
    {
        if (olderThan is null && keep is null && status is null)
        {
            throw new InvalidInputException("clean: expected --older-than, --keep or --status, found none of them.");
        }

        if (keep is < 0 or > CleanRule.MostKept)
        {
            throw new InvalidInputException($"keep: {keep} is not a number from 0 to {CleanRule.MostKept}.");
        }

        return status is RunStatus.Pending or RunStatus.Running
            ? throw new InvalidInputException($"status: a {status.Value.Describe()} run has not ended; cancel it before you delete it.")
            : new CleanRule(olderThan is null ? null : RunAge.Parse("older-than", olderThan), keep, status);
    }

    private Task<int> RunAsync(Request request, CancellationToken cancellation) =>
        new RunDeletion(comparisons, waits, output, Confirmation.OfTerminal(), connection.Server).RunAsync(
            "clean", () => comparisons.PlanDeletionAsync(request.Rule, cancellation), request.Yes, request.DryRun, keepsRefused: true,
            cancellation);
}
