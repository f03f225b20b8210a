namespace ServerlessFashion.Architecture.Tests;

/// <summary>The arrows between the projects: a table that mirrors <c>docs/architecture.md</c>.</summary>
public sealed class ProjectReferenceTests
{
    /// <summary>The projects that each project uses.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Domain"] = [],
        ["Settings"] = ["Domain"],
        ["Telemetry"] = ["Domain"],
        ["Export"] = ["Domain"],
        ["Reporting"] = ["Domain"],
        ["Storage"] = ["Domain", "Settings", "Telemetry"],
        ["Datasets"] = ["Domain", "Settings", "Storage", "Telemetry"],
        ["Prediction"] = ["Domain", "Export", "Storage", "Telemetry"],
        ["Import"] = ["Datasets", "Domain", "Prediction", "Storage", "Telemetry"],
        ["Pipeline"] = ["Datasets", "Domain", "Export", "Reporting", "Storage", "Telemetry"],
        ["Application"] = ["Datasets", "Domain", "Import", "Pipeline", "Prediction", "Reporting", "Storage", "Telemetry"],
        ["Api"] = ["Application", "Domain"],
        ["Client"] = ["Application", "Domain", "Prediction", "Settings"],
        ["Training"] = ["Datasets", "Domain", "Export", "Pipeline", "Settings", "Storage", "Telemetry"],
        ["Hosting"] = ["Domain", "Settings", "Telemetry"],
        ["Cli"] =
        [
            "Api", "Application", "Client", "Datasets", "Domain", "Hosting", "Pipeline", "Prediction", "Reporting", "Settings", "Storage",
            "Telemetry", "Training",
        ],
        ["Functions"] =
        [
            "Api", "Application", "Datasets", "Domain", "Hosting", "Pipeline", "Prediction", "Settings", "Storage", "Telemetry", "Training",
        ],
    };

    public static TheoryData<string> Projects => [.. Solution.Projects.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFile_References_AreTheArrowsOfTheTable(string project)
    {
        Assert.True(Arrows.ContainsKey(project), $"{project}: give it its arrows in this table and in docs/architecture.md.");
        var actual = Solution.Projects[project].ProjectReferences;

        Assert.True(
            actual.SequenceEqual(Arrows[project]),
            $"{project} may use {string.Join(", ", Arrows[project])}; its project file references {string.Join(", ", actual)}.");
    }

    [Fact]
    public void Table_Arrows_FormNoCycle()
    {
        var left = Arrows.ToDictionary();
        while (left.FirstOrDefault(entry => !entry.Value.Any(left.ContainsKey)) is { Key: { } free })
        {
            left.Remove(free);
        }

        Assert.True(left.Count == 0, $"A cycle goes through {string.Join(", ", left.Keys)}.");
    }

    [Fact]
    public void Documentation_TableOfRooms_IsThisTable()
    {
        var documented = Solution.ReadLines("docs/architecture.md")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4)
            .Select(cells => (Room: Path.GetFileName(cells[1].Trim('`')), MayUse: cells[2]))
            .Where(row => Arrows.ContainsKey(row.Room))
            .Select(row => $"{row.Room}: {row.MayUse}");

        Assert.Equal(
            Arrows.Select(entry => $"{entry.Key}: {(entry.Value is [] ? "none" : string.Join(", ", entry.Value))}").Order(),
            documented.Order());
    }
}
