using System.CommandLine;

namespace ServerlessFashion.Cli.Options;

/// <summary>The options of verbs that delete runs.</summary>
internal static class DeletionOptions
{
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Delete without confirmation." };

    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would be deleted, and delete nothing." };
}
