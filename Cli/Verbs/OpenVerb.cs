using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Cli.Pages;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion open [RUN]</c>: opens the report of a run, or the dashboard of a server, in the browser.</summary>
internal sealed class OpenVerb(IRunPages pages, Browser browser, Output output)
{
    private sealed record Result(string Page, bool Opened);

    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "The run: id, unique beginning of an id, name, or latest (default: latest; at a server, the list of runs).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("open", "Opens a report, or the dashboard of a server, in the browser.")
        {
            run, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<OpenVerb, string?>(
            VerbNeeds.Account, (parse, _) => parse.GetValue(run), (verb, text, cancellation) => verb.RunAsync(text, cancellation));
    }

    private async Task<int> RunAsync(string? run, CancellationToken cancellation)
    {
        var page = await pages.GetAsync(run, cancellation);
        var opened = await browser.OpenAsync(page.Target, cancellation);
        output.Result(new Result(page.Text, opened), () => output.Line(opened ? page.Text : $"{page.Text} ({Remedy(page)})"));
        return ExitCodes.Done;
    }

    private static string Remedy(RunPage page) => page.NeedsKey
        ? "no browser found; open it yourself, with ?code= and the function key behind dashboard"
        : "no browser found; open it yourself";
}
