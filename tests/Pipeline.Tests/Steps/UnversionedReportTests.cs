using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Datasets;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Reporting;
using ServerlessFashion.Serialization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

/// <summary>A run of the format before runs had definitions is reported as it was then.</summary>
public sealed class UnversionedReportTests(AzuriteFixture azurite)
{
    /// <summary>Fields with sentences and judgements, for which a version may have other words and rules.</summary>
    private static readonly string[] Judgements = ["verdict", "diagnosis", "statements", "fit"];

    /// <summary>Earlier versions had the rounding noise of a share's interval at 0 and 1, such as 3.5e-18.</summary>
    private const double RoundingNoise = 1e-12;

    [Fact]
    public async Task Report_UnversionedRun_HasTheFiguresOfItsOwnReport()
    {
        var files = PublishedSet.Files();
        var storage = await azurite.NewStorageAsync();
        await UnversionedRuns.LoadAsync(storage);
        await new DatasetStore(storage).UploadAsync(files, TestContext.Current.CancellationToken);

        var input = await TestServices.On(storage)
            .Create<ReportInputReader>(new RunImages(new DatasetStore(storage), new RegisteredSets(storage)))
            .ReadAsync(UnversionedRuns.Completed, TestContext.Current.CancellationToken);

        var reported = JsonSerializer.SerializeToElement(ReportBuilder.Build(input), Json.Indented);
        var stored = UnversionedRuns.ReadJson($"{UnversionedRuns.Completed}/report/report.json");
        Assert.Equal(3 * 2 + 1, stored.GetProperty("models").GetArrayLength());
        Assert.Empty(Missing("", stored, reported));
    }

    /// <summary>The paths at which <paramref name="now"/> lacks a value of <paramref name="before"/>; more fields do no harm.</summary>
    private static IEnumerable<string> Missing(string path, JsonElement before, JsonElement now)
    {
        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            return before.EnumerateObject().Where(field => !Judgements.Contains(field.Name))
                .SelectMany(field => now.TryGetProperty(field.Name, out var value)
                ? Missing($"{path}.{field.Name}", field.Value, value)
                : [$"{path}.{field.Name}"]);
        }

        if (before.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array
            && before.GetArrayLength() == now.GetArrayLength())
        {
            return before.EnumerateArray().Zip(now.EnumerateArray())
                .SelectMany((pair, i) => Missing($"{path}[{i}]", pair.First, pair.Second));
        }

        return before.GetRawText() == now.GetRawText() || AreClose(before, now)
            ? []
            : [$"{path}: {before.GetRawText()} is now {now.GetRawText()}"];
    }

    private static bool AreClose(JsonElement before, JsonElement now) =>
        before.ValueKind == JsonValueKind.Number && now.ValueKind == JsonValueKind.Number
        && Math.Abs(before.GetDouble() - now.GetDouble()) < RoundingNoise;
}
