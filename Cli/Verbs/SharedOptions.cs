using System.CommandLine;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>Options that several verbs take.</summary>
internal static class SharedOptions
{
    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Connection string of the storage account; otherwise AzureWebJobsStorage, otherwise the Azurite emulator, which is started.",
        HelpName = "CONNECTION",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output; progress goes to standard error." };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder with the four original IDX.gz files of Fashion-MNIST.",
        HelpName = "DIR",
    };
}
