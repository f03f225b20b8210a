using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Runs;

namespace ServerlessFashion.Reporting.Tests.Runs;

public sealed class ComparabilityTests
{
    private static readonly ReportDocument First = ReportBuilder.Build(HandmadeRun.Input());

    private static readonly ReportDocument Second = First with { RunId = "run-2" };

    [Fact]
    public void Warnings_LikeRuns_AreNone()
    {
        Assert.Empty(Comparability.Warnings([First, Second]));
        Assert.True(Comparability.SameTest([First, Second]));
    }

    [Fact]
    public void Warnings_OtherLabelsAndFiles_NameThemAndTheTestDiffers()
    {
        var other = Second with { Data = Second.Data with { Labels = LabelScheme.Garments, Sha256 = new string('b', 64) } };

        Assert.Equal(
            [
                "The runs differ in their labels, so accuracies answer different questions (run-1: five; run-2: garments).",
                "The runs differ in their data set, so its files differ (run-1: aaaaaaaaaaaa; run-2: bbbbbbbbbbbb).",
            ],
            Comparability.Warnings([First, other]));
        Assert.False(Comparability.SameTest([First, other]));
    }

    /// <summary>The test figures stay comparable when only the validation images differ.</summary>
    [Fact]
    public void Warnings_OtherValidationSplit_LeavesTheTestComparable()
    {
        var other = Second with { Configuration = Second.Configuration with { SplitSeed = 8 } };

        Assert.Equal(
            "The runs differ in their validation split, so validation accuracies were measured on different images "
            + "(run-1: 10 images, seed 7; run-2: 10 images, seed 8).",
            Assert.Single(Comparability.Warnings([First, other])));
        Assert.True(Comparability.SameTest([First, other]));
    }
}
