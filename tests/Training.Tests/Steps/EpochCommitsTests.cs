using Azure.Core;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

/// <summary>What happens while the epoch before is being stored.</summary>
public class EpochCommitsTests
{
    /// <summary>Far longer than the work that is waited for, so that a failure ends the test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The checkpoint of the first epoch is written only when the second epoch trains.</summary>
    [Fact]
    public async Task Run_CheckpointTakesLong_TrainsTheNextEpochMeanwhile()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 3);
        var secondTrains = new TaskCompletionSource();
        var hook = new RequestHook { When = Writes(epoch: 1), Before = () => secondTrains.Task.WaitAsync(Patience, Cancellation) };
        var log = new EpochLog
        {
            OnReport = progress =>
            {
                if (progress is { Epoch: 2, Batch: 1 })
                {
                    secondTrains.TrySetResult();
                }
            },
        };

        var result = await run.Step<TrainSliceStep>(log, hook).RunAsync(StoredRun.Model1, Cancellation);

        Assert.True(secondTrains.Task.IsCompletedSuccessfully);
        Assert.Equal((3, true), (result.Epoch, result.Finished));
        Assert.Equal([1, 2, 3], log.Epochs);
        Assert.Equal(3, (await PointerAsync(run))!.Epoch);
    }

    /// <summary>The training does not go on for its 1,000 epochs, and an epoch that is not stored is not reported.</summary>
    [Fact]
    public async Task Run_EpochCannotBeStored_EndsWithThatFailureAndKeepsTheEpochsBefore()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        var hook = new RequestHook { When = Writes(epoch: 2), Before = () => throw new IOException("the disk is full") };
        var log = new EpochLog();

        var failure = await Assert.ThrowsAsync<IOException>(
            () => run.Step<TrainSliceStep>(log, hook).RunAsync(StoredRun.Model1, Cancellation));

        Assert.Equal("the disk is full", failure.Message);
        Assert.Equal([1], log.Epochs);
        Assert.Equal(1, (await PointerAsync(run))!.Epoch);
    }

    [Fact]
    public async Task Run_StoppedWhileAnEpochIsStored_KeepsThatEpoch()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var hook = new RequestHook { When = Writes(epoch: 2), Before = stop.CancelAsync };
        var log = new EpochLog();

        var result = await run.Step<TrainSliceStep>(log, hook).RunAsync(StoredRun.Model1, stop.Token);

        Assert.Equal((2, true), (result.Epoch, result.Cancelled));
        Assert.Equal([1, 2], log.Epochs);
        Assert.Equal(2, (await PointerAsync(run))!.Epoch);
    }

    /// <summary>The storage does not answer. The training ends after its grace, and the epoch is neither stored nor reported.</summary>
    [Fact]
    public async Task Run_StoppedWhileTheStorageIsSilent_GivesUpAfterTheGrace()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        var time = new FakeTimeProvider();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var hook = new RequestHook { When = Writes(epoch: 2), Before = SilenceAsync };
        var log = new EpochLog();

        var result = await run.Step<TrainSliceStep>(log, hook, time).RunAsync(StoredRun.Model1, stop.Token);

        Assert.Equal((1, true), (result.Epoch, result.Cancelled));
        Assert.Equal([1], log.Epochs);

        async Task SilenceAsync()
        {
            await stop.CancelAsync();
            time.Advance(EpochCommits.Grace);
        }
    }

    private static Func<Request, bool> Writes(int epoch) =>
        request => request.Method == RequestMethod.Put && request.Uri.ToString().Contains($"/epoch-{epoch:D4}-", StringComparison.Ordinal);

    private static Task<CheckpointPointer?> PointerAsync(StoredRun run) => new CheckpointStore(
        run.Storage.Container(StorageNames.Runs), StorageNames.TrainingFolder(StoredRun.Id, "model1", 1)).FindAsync(Cancellation);
}
