using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class CurvesSectionTests
{
    [Fact]
    public void Of_TwoPhases_SaysWhereTheyBeginAndGivesTheBestEpoch()
    {
        var captions =
            SectionsOf.Blocks<Figures>(CurvesSection.Of(HandmadeRun.View(HandmadeRun.Model1)))[1].Items.Select(figure => figure.Caption);

        Assert.Equal(
            [
                "Best epoch 2 of 2: training 0.8000, validation 0.7800. Phases: head from epoch 1 and all from epoch 2.",
                "Validation loss is 0.4500 nats in the best epoch, 2, and lowest in epoch 2, 0.4500 nats.",
            ],
            captions);
    }

    [Fact]
    public void Of_BestEpochIsNotTheLast_GivesTheBestFirst()
    {
        var captions =
            SectionsOf.Blocks<Figures>(CurvesSection.Of(HandmadeRun.View(HandmadeRun.Model1 with { BestEpoch = 1 })))[1].Items;

        Assert.StartsWith(
            "Best epoch 1 of 2: training 0.7000, validation 0.7200. Last epoch: training 0.8000, validation 0.7800.",
            captions[0].Caption, StringComparison.Ordinal);
        Assert.Equal(
            "Validation loss is 0.5000 nats in the best epoch, 1, and lowest in epoch 2, 0.4500 nats. Last epoch: 0.4500 nats.",
            captions[1].Caption);
    }

    [Fact]
    public void Of_ModelWithoutEpochs_HasNoCurvesOfItsOwn() => Assert.Equal(
        ["accuracy-all", "loss-all"], SectionsOf.Charts(CurvesSection.Of(HandmadeRun.View(HandmadeRun.Model1 with { History = [] }))));
}
