using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public sealed class RunFilterTests
{
    private static readonly RunRecord Run = new()
    {
        Id = "20260301-120000-0a0b0c0d",
        Status = RunStatus.Completed,
        CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Preset = "smoke",
        Models = ["model1", "model3"],
        Description = RunDescription.Of("Baseline", ["night"], "Warm start"),
    };

    [Theory]
    [InlineData("0A0B", true)]
    [InlineData("base", true)]
    [InlineData("NIGHT", true)]
    [InlineData("warm", true)]
    [InlineData("smoke", true)]
    [InlineData("odel3", true)]
    [InlineData("gpu", false)]
    public void Matches_Search_LooksInEveryText(string text, bool expected) =>
        Assert.Equal(expected, new RunFilter { Search = text }.Matches(Run));

    /// <summary>Runs that were stored before rows had the data set count as runs on Fashion-MNIST.</summary>
    [Theory]
    [InlineData("pets", "pets", true)]
    [InlineData("pets", "fashion-mnist", false)]
    [InlineData(null, "fashion-mnist", true)]
    [InlineData(null, "pets", false)]
    public void Matches_Dataset_ComparesItsName(string? ofRun, string asked, bool expected) =>
        Assert.Equal(expected, new RunFilter { Dataset = asked }.Matches(Run with { Dataset = ofRun }));

    [Fact]
    public void Matches_SeveralConditions_NeedsAll()
    {
        var filter = new RunFilter { Status = RunStatus.Completed, Tag = "night", Model = "model3", Since = Run.CreatedAt };

        Assert.True(filter.Matches(Run));
        Assert.False((filter with { Status = RunStatus.Failed }).Matches(Run));
        Assert.False((filter with { Tag = "nigh" }).Matches(Run));
        Assert.False((filter with { Model = "model" }).Matches(Run));
        Assert.False((filter with { Since = Run.CreatedAt.AddTicks(1) }).Matches(Run));
        Assert.True(RunFilter.All.Matches(Run));
    }
}
