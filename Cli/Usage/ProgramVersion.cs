using System.Reflection;

namespace ServerlessFashion.Cli.Usage;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    private const int ShownOfCommit = 10;

    /// <summary>A text such as <c>fashion 0.1.0, built from commit 99441e0f3a</c>.</summary>
    public static string Text { get; } = Describe(
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <param name="version">A version, and after a plus the commit if the sources were a clone of the repository.</param>
    internal static string Describe(string version)
    {
        var parts = version.Split('+', 2);
        return parts is [_, { Length: > 0 } commit]
            ? $"fashion {parts[0]}, built from commit {commit[..Math.Min(ShownOfCommit, commit.Length)]}"
            : $"fashion {parts[0]}";
    }
}
