using System.CommandLine;

namespace ServerlessFashion.Cli.Options;

/// <summary>The options for the name, the tags and the notes of a run.</summary>
internal sealed class DescriptionOptions
{
    public Option<string?> Name { get; } = new("--name") { Description = "Name of the run, for people.", HelpName = "N" };

    public Option<string[]> Tags { get; } = new("--tag")
    {
        Description = "Tag of the run, by which `fashion runs` selects; may be repeated.",
        HelpName = "T",
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<string?> Notes { get; } = new("--note") { Description = "Text about the run.", HelpName = "TEXT" };
}
