namespace ServerlessFashion.Architecture.Tests;

/// <summary>Sources stay small enough to be read.</summary>
public sealed class SourceTests
{
    private const int MostLines = 250;
    private const int LongestLine = 140;

    private static readonly Comparer<string[]> BySegments = Comparer<string[]>.Create((left, right) =>
        left.Zip(right, (a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase)).Append(left.Length - right.Length)
            .FirstOrDefault(order => order != 0));

    private static readonly string[] Folders = ["Core", "Training", "Hosting", "Cli", "Functions", "chaos", "bench", "tests"];

    [Fact]
    public void Files_OfSources_HaveAtMost250Lines()
    {
        var tooLong =
            from folder in Folders
            from path in Solution.Sources(folder)
            let lines = Solution.ReadLines(path).Length
            where lines > MostLines
            select $"{path} has {lines}";

        Assert.True(!tooLong.Any(), $"Split files of more than {MostLines} lines: {string.Join(", ", tooLong)}.");
    }

    [Fact]
    public void Lines_OfSources_HaveAtMost140Characters()
    {
        var found =
            from folder in Folders
            from path in Solution.Sources(folder)
            from line in Solution.ReadLines(path).Index()
            where line.Item.Length > LongestLine
            select $"{path}:{line.Index + 1}";

        Assert.True(!found.Any(), $"Wrap lines of more than {LongestLine} characters: {string.Join(", ", found)}.");
    }

    /// <summary><c>dotnet format</c> asks for this order; the build does not check it.</summary>
    [Fact]
    public void Imports_OfSources_AreSorted()
    {
        var found =
            from folder in Folders
            from path in Solution.Sources(folder)
            let imports = Solution.ReadLines(path).TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal)).ToList()
            where !imports.SequenceEqual(imports.OrderBy(IsAlias).ThenBy(IsStatic).ThenByDescending(IsSystem).ThenBy(Names, BySegments))
            select path;

        Assert.True(!found.Any(), $"Sort the imports of {string.Join(", ", found)}.");

        static bool IsAlias(string import) => import.Contains('=', StringComparison.Ordinal);

        static bool IsStatic(string import) => import.StartsWith("using static ", StringComparison.Ordinal);

        static bool IsSystem(string import) => Names(import)[0] == "System";

        static string[] Names(string import) => import.TrimEnd(';').Split(' ')[IsStatic(import) ? 2 : 1].Split('.');
    }
}
