using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class ComparisonStatusReaderTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStatus_RunWithAnEnsemble_ShowsItAsOneMoreModelThatWaitsAndHasNoEpochs()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddRunAsync(test, RunStatus.Running);

        var status = await test.Application.Comparisons.GetStatusAsync("run", Cancellation);

        Assert.Equal([("strong", 1), ("strong", 2), ("ensemble", 1)], status.Trainings.Select(training => (training.Name, training.Seed)));
        var ensemble = status.Trainings[^1];
        Assert.Equal((TrainingStage.Waiting, 0, 0), (ensemble.Stage, ensemble.Epochs, ensemble.PlannedEpochs));
        Assert.Null(ensemble.EtaSeconds);
    }

    [Fact]
    public async Task GetStatus_EnsembleBesideATrainingAtWork_LeavesTheTimeLeftAlone()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddRunAsync(test, RunStatus.Running);
        foreach (var seed in new[] { 1, 2 })
        {
            await new EpochMetrics(test.Storage).PutAsync(
                "run", new EpochMetric("strong", seed, new(1, "all", .5, .5, .5, .5, .001, Seconds: 10)), Cancellation);
        }

        var status = await test.Application.Comparisons.GetStatusAsync("run", Cancellation);

        // Nineteen of twenty epochs are left to each of two trainings that have taken turns so far.
        Assert.Equal(380, status.EtaSeconds);
    }

    [Fact]
    public async Task GetStatus_EnsembleThatWasEvaluated_IsCompletedWithItsAccuracy()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddRunAsync(test, RunStatus.Completed);
        var evaluated = new EvaluatedModel("ensemble", 1, .9, .8);
        await new RunFolder(test.Storage, "run").PutComparisonAsync(
            new ComparedModels("ensemble", [new TrainingOutcome("ensemble", 1, evaluated, null, Cancelled: false)]), Cancellation);

        var ensemble = (await test.Application.Comparisons.GetStatusAsync("run", Cancellation)).Trainings[^1];

        Assert.Equal((TrainingStage.Completed, evaluated), (ensemble.Stage, ensemble.Evaluated));
    }

    [Fact]
    public async Task GetStatus_EnsembleThatFailed_SaysWhy()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddRunAsync(test, RunStatus.Completed);
        await new RunFolder(test.Storage, "run").PutComparisonAsync(
            new ComparedModels("strong", [new TrainingOutcome("ensemble", 1, null, "out of memory", Cancelled: false)]), Cancellation);

        var ensemble = (await test.Application.Comparisons.GetStatusAsync("run", Cancellation)).Trainings[^1];

        Assert.Equal((TrainingStage.Failed, "out of memory"), (ensemble.Stage, ensemble.Error));
    }

    private static Task<RunRecord> AddRunAsync(TestApplication test, RunStatus status)
    {
        var definition = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["strong"], Seeds = 2 }, _ => 1);
        var run = RunRecord.Of("run", status, test.Time.GetUtcNow(), definition.Configuration) with
        {
            StartedAt = test.Time.GetUtcNow(),
            FinishedAt = status == RunStatus.Running ? null : test.Time.GetUtcNow(),
        };
        return test.Runs.CreateAsync(run, definition, Cancellation);
    }
}
