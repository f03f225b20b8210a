namespace ServerlessFashion.Reporting.Tests;

public sealed class ReportViewTests
{
    [Fact]
    public void Groups_Models_AreInTheOrderOfTheRun()
    {
        var view = HandmadeRun.View();

        Assert.Equal(
            [("model1", "Model 1", 0), ("model3", "Model 3", 1), ("model4", "Model 4", 2)],
            view.Groups.Select(group => (group.Name, group.Title, group.Index)));
        Assert.Equal("model4", view.Winner!.Name);
        Assert.Equal([7, 0, null], new[] { 17, 10, 99 }.Select(view.RowOf));
    }

    /// <summary>
    /// By hand: .80, .82 and .87 have the mean .83 and the sample variance 13e-4; the order of the seeds does not matter.
    /// </summary>
    [Fact]
    public void MeanAndDeviation_ThreeSeeds_AreThoseOfASample()
    {
        var seeds = new[] { (3, .87), (1, .80), (2, .82) }.Select(seed =>
            HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 3, 4], seed.Item2, seed.Item1));

        var group = Assert.Single(HandmadeRun.View([.. seeds]).Groups);

        Assert.Equal(1, group.First.Seed);
        Assert.Equal(.83, group.Mean(seed => seed.Validation.Accuracy), 1e-12);
        Assert.Equal(Math.Sqrt(13e-4), group.Deviation(seed => seed.Validation.Accuracy), 1e-12);
    }

    [Fact]
    public void FileName_AwkwardName_HasOnlySafeCharacters() => Assert.Equal(
        "--etc-pass-wd_1", HandmadeRun.View(HandmadeRun.Model1 with { Name = "./etc/pass wd_1" }).Groups[0].FileName);
}
