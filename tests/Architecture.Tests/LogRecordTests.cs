using System.Globalization;
using Mono.Cecil;

namespace ServerlessFashion.Architecture.Tests;

/// <summary>Event ids of log records are stable and documented.</summary>
public sealed class LogRecordTests
{
    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical"];

    [Fact]
    public void LogRecords_OfAllProjects_AreTheTableOfTheDocumentation()
    {
        var documented =
            from line in Solution.ReadLines("docs/telemetry.md")
            let cells = line.Split('|', StringSplitOptions.TrimEntries)
            where cells.Length > 3 && Levels.Contains(cells[2])
            from id in cells[1].Split(", ")
            select $"{int.Parse(id, CultureInfo.InvariantCulture):000} {cells[2]}";

        Assert.Equal(documented.Order(), Records().Order());
    }

    private static IEnumerable<string> Records() =>
        from project in Solution.Projects.Values
        from type in project.Assembly.MainModule.Types
        from method in type.Methods
        from attribute in method.CustomAttributes
        where attribute.AttributeType.Name == "LoggerMessageAttribute"
        select Describe(attribute);

    /// <summary>Reads the id and the level, which follow the two bytes with which the encoding of an attribute begins.</summary>
    private static string Describe(CustomAttribute attribute)
    {
        var encoded = attribute.GetBlob();
        return $"{BitConverter.ToInt32(encoded, 2):000} {Levels[BitConverter.ToInt32(encoded, 6)]}";
    }
}
