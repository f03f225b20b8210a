namespace ServerlessFashion.Architecture.Tests;

/// <summary>Sources stay small enough to be read.</summary>
public sealed class SourceTests
{
    private const int MostLines = 250;
    private const int LongestLine = 140;

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
}
