using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class TrainingInputsTests
{
    [Fact]
    public void ConfigurationOf_ModelOfTheRun_IsItsConfiguration()
    {
        var configuration = TrainingInputs.ConfigurationOf("run-1", Smoke, "model3");

        Assert.Equal("model3", configuration.Name);
    }

    [Fact]
    public void ConfigurationOf_AnotherModel_IsRefusedWithTheRun() => Assert.Equal(
        "model: run run-1 has no model 'model4'.",
        Assert.Throws<InvalidInputException>(() => TrainingInputs.ConfigurationOf("run-1", Smoke, "model4")).Message);

    /// <summary>Smoke has 2,000 images: the training of each of 4 folds validates on its own 500 and learns from the others.</summary>
    [Fact]
    public async Task Load_FoldsWithClassWeights_GivesEachTrainingItsFold()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1, folds: 4, classWeights: true);
        var definition = await new RunDefinitions(run.Storage).GetAsync(StoredRun.Id, Cancellation);

        var trainings = new List<TrainingRequest>();
        for (var seed = 1; seed <= 4; seed++)
        {
            trainings.Add(await run.Inputs.LoadAsync(StoredRun.Id, definition, "model1", seed, checkpoint: null, Cancellation));
        }

        Assert.All(trainings, training => Assert.True(training.HasClassWeights));
        Assert.All(trainings, training => Assert.Equal((1500, 500), (training.Data.Train.Count, training.Data.Validation.Count)));
        Assert.All(trainings, training => Assert.Empty(training.Data.Train.Ids.Intersect(training.Data.Validation.Ids)));
        Assert.Equal(2000, trainings.SelectMany(training => training.Data.Validation.Ids).Distinct().Count());
        Assert.Single(trainings.Select(training => string.Join(' ', training.Data.Test.Ids)).Distinct());
    }

    [Fact]
    public async Task Load_PlainRun_HasNoClassWeights()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1);
        var definition = await new RunDefinitions(run.Storage).GetAsync(StoredRun.Id, Cancellation);

        var training = await run.Inputs.LoadAsync(StoredRun.Id, definition, "model1", 1, checkpoint: null, Cancellation);

        Assert.False(training.HasClassWeights);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RunDefinition Smoke { get; } = Presets.Configure(
        new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3"] }, _ => 1);
}
