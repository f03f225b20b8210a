using System.CommandLine;
using System.CommandLine.Help;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Cli.Usage;
using ServerlessFashion.Cli.Verbs;

namespace ServerlessFashion.Cli.Commands;

/// <summary>The command line as a whole: its verbs in groups, and the options that every verb has.</summary>
internal static class FashionCommand
{
    private const string Description =
        "Trains image classifiers side by side, says which one is best, and serves it.";

    /// <summary>Creates the command. Without a verb it prints what the program can do.</summary>
    public static RootCommand Create()
    {
        var groups = Groups();
        var overview = () =>
        {
            Console.Out.Write(Overview.Text(Description, groups));
            return ExitCodes.Done;
        };
        var root = new RootCommand(Description) { SharedOptions.Verbose };
        groups.Add(new VerbGroup("Help", HelpVerb.Create(overview), CompletionVerb.Create()));
        foreach (var verb in groups.SelectMany(group => group.Verbs).Append(RunStepVerb.Create()))
        {
            root.Add(verb);
        }

        root.SetAction(_ => overview());
        Replace(root.Options, overview);
        return root;
    }

    /// <summary>A name such as <c>@shoe.png</c> means the file of that name, and not a file with arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    private static List<VerbGroup> Groups() =>
    [
        new("Train and compare", CompareVerb.Create(), SearchVerb.Create(), RunsVerb.Create(), ShowVerb.Create(), ReportVerb.Create(),
            OpenVerb.Create(), EditVerb.Create(), CancelVerb.Create(), DeleteVerb.Create(), CleanVerb.Create()),
        new("Predict", PredictVerb.Create(), UploadVerb.Create(), ModelsVerb.Create(), PromoteVerb.Create(), ExportVerb.Create()),
        new("Serve", ServeVerb.Create(), FunctionsVerb.Create()),
        new("This machine", DataVerb.Create(), WeightsVerb.Create(), DoctorVerb.Create()),
    ];

    private static void Replace(IList<Option> options, Func<int> overview)
    {
        var help = options.OfType<HelpOption>().Single();
        var explain = (HelpAction)help.Action!;
        help.Aliases.Remove("/?");
        help.Aliases.Remove("/h");
        help.Action = new PrintAction(parsed => parsed.CommandResult.Command is RootCommand ? overview() : explain.Invoke(parsed));
        var version = options.OfType<VersionOption>().Single();
        version.Description = "Print the version and the commit that it was built from.";
        version.Action = new PrintAction(_ =>
        {
            Console.Out.WriteLine(ProgramVersion.Text);
            return ExitCodes.Done;
        });
    }
}
