using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

/// <summary>What a user can ask of runs of the format before runs had definitions.</summary>
public sealed class UnversionedRunsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStatus_InterruptedRun_TellsItsEpochsAndTheTimeLeft()
    {
        var test = await LoadAsync();

        var status = await test.Application.Comparisons.GetStatusAsync(UnversionedRuns.Interrupted, Cancellation);

        var training = Assert.Single(status.Trainings);
        Assert.Equal(("model1", 1, 3, 3), (training.Name, training.Rows.Count, training.Epochs, training.PlannedEpochs));
        // Two epochs at the pace of the first.
        Assert.Equal(2 * training.Rows[0].Seconds, training.EtaSeconds!.Value, 1e-9);
    }

    [Fact]
    public async Task GetStatus_CompletedRun_TellsTheEndOfEachTraining()
    {
        var test = await LoadAsync();

        var status = await test.Application.Comparisons.GetStatusAsync(UnversionedRuns.Completed, Cancellation);

        // Six trainings and their vote.
        Assert.Equal(7, status.Trainings.Count);
        Assert.All(status.Trainings, training => Assert.Equal(TrainingStage.Completed, training.Stage));
        Assert.Null(status.EtaSeconds);
    }

    [Fact]
    public async Task Resume_InterruptedRun_StartsItAgain()
    {
        var test = await LoadAsync();

        var (run, hasWork) = await test.Application.Resume.ResumeAsync(UnversionedRuns.Interrupted, Cancellation);

        Assert.True(hasWork);
        Assert.Equal(RunStatus.Running, run.Status);
        Assert.Equal([UnversionedRuns.Interrupted], test.Host.Started.Select(started => started.Id));
    }

    private async Task<TestApplication> LoadAsync()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await UnversionedRuns.LoadAsync(test.Storage);
        return test;
    }
}
