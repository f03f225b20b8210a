using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class CurvesSectionTests
{
    [Fact]
    public void Of_TwoPhases_SaysWhereTheyBeginAndHowTrainingEnds()
    {
        var captions =
            SectionsOf.Blocks<Figures>(CurvesSection.Of(HandmadeRun.View(HandmadeRun.Model1)))[1].Items.Select(figure => figure.Caption);

        Assert.Equal(
            [
                "Best epoch 2 of 2. Training ends at 0.8000, validation at 0.7800. Phases: head from epoch 1 and all from epoch 2.",
                "Validation loss is lowest in epoch 2 (0.4500) and ends at 0.4500.",
            ],
            captions);
    }

    [Fact]
    public void Of_ModelWithoutEpochs_HasNoCurvesOfItsOwn() => Assert.Equal(
        ["accuracy-all", "loss-all"], SectionsOf.Charts(CurvesSection.Of(HandmadeRun.View(HandmadeRun.Model1 with { History = [] }))));
}
