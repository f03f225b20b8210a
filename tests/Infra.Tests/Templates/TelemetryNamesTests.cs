using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Infra.Tests.Templates;

/// <summary>The queries of alerts and workbook name what the apps emit.</summary>
public sealed partial class TelemetryNamesTests
{
    private static readonly string[] Constants =
    [
        .. typeof(TelemetryNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static TheoryData<string> Queries => [.. AlertQueries().Concat(WorkbookQueries())];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OfAnAlertOrTheWorkbook_UsesKnownNamesOnly(string query) =>
        Assert.All(Names(query), name => Assert.Contains(name, Constants));

    [Fact]
    public void Queries_TogetherReadEveryMetric()
    {
        var metrics = new[]
        {
            TelemetryNames.RunEnded, TelemetryNames.RunActive, TelemetryNames.EpochDuration, TelemetryNames.TrainingImages,
            TelemetryNames.GpuTime, TelemetryNames.IncomingPoisoned, TelemetryNames.PredictionDuration,
        };
        var used = AlertQueries().Concat(WorkbookQueries()).SelectMany(Names).ToHashSet();

        Assert.All(metrics, metric => Assert.Contains(metric, used));
    }

    [Fact]
    public void Files_OutsideTheQueries_NameNothingUnknown()
    {
        var names = Repository.BicepFiles().Append("infra/workbook.json").Select(Repository.Read).SelectMany(Names);

        Assert.Empty(names.Except(Constants));
    }

    [Fact]
    public void Constants_AreDistinct() => Assert.Equal(Constants.Length, Constants.Distinct().Count());

    [Fact]
    public void Workbook_OfEachQuery_AsksTheWorkspace()
    {
        using var workbook = JsonDocument.Parse(Repository.Read("infra/workbook.json"));

        Assert.All(workbook.RootElement.GetProperty("items").EnumerateArray(), item =>
            Assert.Equal("microsoft.operationalinsights/workspaces", item.GetProperty("content").GetProperty("resourceType").GetString()));
    }

    private static IEnumerable<string> AlertQueries() => AlertQuery().Matches(Repository.Read("infra/modules/alerts.bicep"))
        .Select(match => match.Groups[1].Value)
        .Where(query => query.StartsWith("AppMetrics", StringComparison.Ordinal) || query.StartsWith("let ", StringComparison.Ordinal));

    private static IEnumerable<string> WorkbookQueries()
    {
        using var workbook = JsonDocument.Parse(Repository.Read("infra/workbook.json"));
        var items = workbook.RootElement.GetProperty("items").EnumerateArray();
        return [.. items.Select(item => item.GetProperty("content").GetProperty("query").GetString()!)];
    }

    private static IEnumerable<string> Names(string text) => QuotedName().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("query: '(.+)'")]
    private static partial Regex AlertQuery();

    [GeneratedRegex("""["'](fashion\.[^"'\\]*)\\?["']""")]
    private static partial Regex QuotedName();
}
