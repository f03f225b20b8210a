using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class StepRecordsTests
{
    [Theory]
    [InlineData(4, 5, false)]
    [InlineData(5, 5, true)]
    public void Finished_Epochs_IsTrueAtTheLastOne(int epoch, int total, bool expected) =>
        Assert.Equal(expected, new TrainSliceResult(epoch, total, Cancelled: false).Finished);

    [Fact]
    public void FindBest_WinnerWithSeveralSeeds_IsTheSeedThatIsBestOnValidation()
    {
        TrainingOutcome[] outcomes =
        [
            Outcome("model1", 1, .7, .9), Outcome("model1", 2, .8, .5), Outcome("model1", 3, double.NaN, .6), Outcome("model3", 1, .9, .9),
            new("model1", 4, null, "out of memory", Cancelled: false),
        ];

        Assert.Equal(new EvaluatedModel("model1", 2, .8, .5), ComparedModels.FindBest("model1", outcomes));
        Assert.Null(ComparedModels.FindBest(null, outcomes));
        Assert.Null(ComparedModels.FindBest("model4", outcomes));
    }

    private static TrainingOutcome Outcome(string model, int seed, double validation, double test) =>
        new(model, seed, new EvaluatedModel(model, seed, validation, test), null, Cancelled: false);
}
