using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ReportSectionsTests
{
    [Fact]
    public void Of_FinishedRun_GoesFromTheVerdictToTheProvenance() => Assert.Equal(
        [
            "verdict", "published", "data", "curves", "fit", "per-class", "confusion", "calibration", "pairs", "errors", "cost",
            "architecture", "provenance",
        ],
        ReportSections.Of(HandmadeRun.View()).Select(section => section.Id));

    [Fact]
    public void Of_FailuresOnly_HasNoSectionOfResults()
    {
        var input = HandmadeRun.Input() with { Evaluations = [], Failures = [new ModelFailure("model1", 1, "out of memory")] };

        Assert.Equal(
            ["verdict", "failures", "data", "provenance"],
            ReportSections.Of(new ReportView(ReportBuilder.Build(input), input)).Select(section => section.Id));
    }

    [Fact]
    public void Of_PrunedModels_HasTheirSectionBeforeTheArchitecture()
    {
        var run = SyntheticReport.Pruned();

        Assert.Equal(
            ["pruning", "architecture", "provenance"],
            ReportSections.Of(new ReportView(ReportBuilder.Build(run), run)).Select(section => section.Id).TakeLast(3));
    }
}
