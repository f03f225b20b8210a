using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Sdk;

namespace ServerlessFashion.Browser.Tests;

/// <summary>axe-core, which checks the rules of WCAG 2.2 A and AA and its own best practices.</summary>
internal static class Axe
{
    /// <summary>Runs axe-core on the page, which has loaded it, and gives a line for each rule that is broken.</summary>
    public const string Run = """
        () => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
          .then(({ violations }) => violations.map(({ id, nodes }) =>
            `axe ${id}: ${nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))
        """;

    /// <summary>The tests that would have asked axe-core.</summary>
    private static readonly ConcurrentDictionary<string, bool> Missed = new();

    private static readonly string File = typeof(Axe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "AxeScript").Value!;

    /// <summary>The library; null where <c>npm ci</c> has not installed it.</summary>
    public static string? Script { get; } = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : null;

    /// <summary>Notes that the current test did without axe-core.</summary>
    public static void Miss()
    {
        if (TestContext.Current.Test is { } test)
        {
            Missed[test.UniqueID] = true;
        }
    }

    /// <summary>Whether a test did without axe-core; takes the note away.</summary>
    public static bool TakeMissed(ITest test) => Missed.TryRemove(test.UniqueID, out _);
}
