using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion edit RUN</c>: changes the name, the tags and the notes of a run.</summary>
internal sealed class EditVerb(IComparisonService comparisons, Output output)
{
    private const char Removes = '-';
    private const char Adds = '+';

    /// <param name="Name">Null to keep the name, empty to clear it; so are the notes.</param>
    private sealed record Request(string Run, string? Name, IReadOnlyList<string> Tags, string? Notes)
    {
        /// <exception cref="InvalidInputException">A text cannot be used.</exception>
        public RunDescription Apply(RunDescription before)
        {
            var named = Name is null ? before : before.WithName(Name);
            var noted = Notes is null ? named : named.WithNotes(Notes);
            return Tags.Aggregate(noted, ChangeTag);
        }

        private static RunDescription ChangeTag(RunDescription before, string change) => change is [Removes, .. var tag]
            ? before.WithTags(before.Tags.Where(existing => existing != tag))
            : before.WithTags(before.Tags.Append(change.TrimStart(Adds)));
    }

    private sealed record Result(string RunId, string? Name, IReadOnlyList<string> Tags, string? Notes);

    public static Command Create()
    {
        var run = RunArgument.One();
        var name = new Option<string?>("--name") { Description = "New name; an empty text removes the name.", HelpName = "N" };
        var tags = new Option<string[]>("--tag")
        {
            Description = "+T or T adds a tag, -T removes it; may be repeated.",
            HelpName = "+T|-T",
            AllowMultipleArgumentsPerToken = false,
        };
        var notes = new Option<string?>("--note") { Description = "New notes; an empty text removes the notes.", HelpName = "TEXT" };
        return new Command("edit", "Changes the name, the tags and the notes of a run.")
        {
            run, name, tags, notes, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<EditVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(parse.GetRequiredValue(run), parse.GetValue(name), parse.GetValue(tags) ?? [], parse.GetValue(notes)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string run, string? name, string[] tags, string? notes)
    {
        if (name is null && notes is null && tags is [])
        {
            throw new InvalidInputException("edit: expected --name, --tag or --note, found none of them.");
        }

        var request = new Request(run, name, tags, notes);
        // Bad texts are refused before the storage is opened.
        request.Apply(RunDescription.None);
        return request;
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var run = await comparisons.EditAsync(request.Run, request.Apply, cancellation);
        var now = run.Description;
        output.Result(new Result(run.Id, now.Name, now.Tags, now.Notes), () =>
        {
            output.Line($"run {run.Id}");
            DescriptionText.Print(output, now);
        });
        return ExitCodes.Done;
    }
}
