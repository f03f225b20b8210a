using Azure.Storage.Blobs;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class TrainSliceStepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_MoreEpochsThanASlice_StopsAfterTheSliceAndGoesOnInTheNext()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 2);
        var log = new EpochLog();
        var step = run.Step<TrainSliceStep>(log);

        var first = await step.RunAsync(StoredRun.Model1, Cancellation);
        var second = await step.RunAsync(StoredRun.Model1, Cancellation);
        var third = await step.RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal((2, false), (first.Epoch, first.Finished));
        Assert.Equal((3, true), (second.Epoch, second.Finished));
        Assert.Equal(second, third);
        Assert.Equal([1, 2, 3], log.Epochs);
        var rows = await new EpochMetrics(run.Storage).ListAsync(StoredRun.Id, "model1", 1, 0, Cancellation);
        Assert.Equal([1, 2, 3], rows.Select(row => row.Epoch));
        Assert.All(rows, row => Assert.True(row.Use is { CpuSeconds: > 0, MemoryBytes: > 1 << 20 }, $"Epoch {row.Epoch}: {row.Use}"));
    }

    /// <summary>The deadline of the preset is ten minutes. Two epochs of three minutes are more than half of it, and one is less.</summary>
    [Fact]
    public async Task Run_HalfOfTheDeadlineHasPassed_StopsAfterThatEpochAndGoesOnInTheNextSlice()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 10);
        var step = run.TrainSlice(time => new EpochClock(time, TimeSpan.FromMinutes(3)));

        var first = await step.RunAsync(StoredRun.Model1, Cancellation);
        var second = await step.RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal((2, false), (first.Epoch, first.Finished));
        Assert.Equal((3, true), (second.Epoch, second.Finished));
    }

    /// <summary>A process may end between the commit of an epoch and the epoch's row.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_RowOfTheCommittedEpochMissing_WritesItAgain(int committedEpochs)
    {
        await using var run = await StoredRun.CreateAsync(epochs: 2, sliceEpochs: committedEpochs);
        var step = run.Step<TrainSliceStep>(new EpochLog());
        await step.RunAsync(StoredRun.Model1, Cancellation);
        var metrics = new EpochMetrics(run.Storage);
        var before = await metrics.ListAsync(StoredRun.Id, "model1", 1, committedEpochs - 1, Cancellation);
        await run.Storage.Table(StorageNames.EpochMetricsTable)
            .DeleteEntityAsync($"{StoredRun.Id}|model1|1", $"{committedEpochs:D6}", cancellationToken: Cancellation);

        await step.RunAsync(StoredRun.Model1, Cancellation);

        var rows = await metrics.ListAsync(StoredRun.Id, "model1", 1, 0, Cancellation);
        Assert.Equal([1, 2], rows.Select(row => row.Epoch));
        // The checkpoint does not tell what the process used.
        Assert.Equal(Assert.Single(before) with { Use = null }, rows[committedEpochs - 1] with { Use = null });
    }

    /// <summary>At a learning rate of zero no epoch is better than the first: with a patience of 2 the third is the last of ten.</summary>
    [Fact]
    public async Task Run_OutOfPatience_IsFinishedAndStaysSo()
    {
        await using var run = await StoredRun.CreateAsync(
            epochs: 10, sliceEpochs: 2, phase: phase => phase with { LearningRate = 0, Patience = 2 });
        var reports = new List<TrainingProgress>();
        var log = new EpochLog { OnReport = reports.Add };
        var step = run.Step<TrainSliceStep>(log);

        var slices = new List<TrainSliceResult>();
        for (var i = 0; i < 3; i++)
        {
            slices.Add(await step.RunAsync(StoredRun.Model1, Cancellation));
        }

        await run.Step<EvaluateModelStep>(log).RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal(
            [(2, 10, false), (3, 3, true), (3, 3, true)], slices.Select(slice => (slice.Epoch, slice.TotalEpochs, slice.Finished)));
        Assert.Equal([1, 2, 3], log.Epochs);
        Assert.Equal([false, false, true], reports.Where(report => report.Completed is not null).Select(report => report.HasStoppedEarly));
        Assert.Equal(("evaluating", 3, 3), (reports[^1].Activity, reports[^1].Epoch, reports[^1].TotalEpochs));
        var evaluation = (await new RunFolder(run.Storage, StoredRun.Id).FindEvaluationAsync("model1", 1, Cancellation))!;
        Assert.Equal((1, 3, 10), (evaluation.BestEpoch, evaluation.Epochs, evaluation.PlannedEpochs));
    }

    [Fact]
    public async Task Run_DeliveredTwiceAtOnce_TrainsEveryEpochOnce()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 2, sliceEpochs: 2);
        var log = new EpochLog();

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => run.Step<TrainSliceStep>(log).RunAsync(StoredRun.Model1, Cancellation), Cancellation)));

        Assert.All(results, result => Assert.True(result.Finished));
        Assert.Equal([1, 2], log.Epochs);
    }

    [Fact]
    public async Task Run_CancelFlagRaisedWhileTraining_StopsWithinTheEpochAndKeepsTheEpochsDone()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        var runs = AddedRun.StoreOn(run.Storage);
        var log = new EpochLog
        {
            OnReport = progress =>
            {
                if (progress is { Epoch: 2, Batch: 1 })
                {
                    runs.RequestCancelAsync(StoredRun.Id, Cancellation).GetAwaiter().GetResult();
                }
            },
        };

        var result = await run.Step<TrainSliceStep>(log).RunAsync(StoredRun.Model1, Cancellation);

        Assert.True(result.Cancelled);
        Assert.InRange(result.Epoch, 1, 20);
        Assert.Equal(log.Epochs.Count, result.Epoch);
    }

    [Fact]
    public async Task Run_CancelFlagRaisedBefore_IsCancelledAndNotAFailure()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        await AddedRun.StoreOn(run.Storage).RequestCancelAsync(StoredRun.Id, Cancellation);

        var result = await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);

        Assert.True(result.Cancelled);
        Assert.InRange(result.Epoch, 0, 20);
    }

    [Fact]
    public async Task Run_CancelFlagRaisedWhileAnotherTrains_IsCancelledAndNotAFailure()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1000, sliceEpochs: 1000);
        var container = run.Storage.Container(StorageNames.Runs);
        await using var other = await BlobLock.AcquireAsync(
            container, StorageNames.TrainingFolder(StoredRun.Id, "model1", 1) + "lock", TimeProvider.System, Cancellation);
        await AddedRun.StoreOn(run.Storage).RequestCancelAsync(StoredRun.Id, Cancellation);

        var result = await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal((0, true), (result.Epoch, result.Cancelled));
    }

    [Fact]
    public async Task Run_UnknownModel_IsRefused()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1);
        var step = run.Step<TrainSliceStep>(new EpochLog());

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => step.RunAsync(StoredRun.Model1 with { Model = "model4" }, Cancellation));

        Assert.Equal("model: run run-1 has no model 'model4'.", refused.Message);
    }

    /// <summary>A bit of the last checkpoint flips in a run of three epochs. It repeats the epoch and reaches the same weights.</summary>
    [Fact]
    public async Task Run_LatestCheckpointDamaged_TrainsOnFromTheOneBeforeToTheSameBits()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 2);
        var epochs = new EpochLog();
        var step = run.Step<TrainSliceStep>(epochs);
        await step.RunAsync(StoredRun.Model1, Cancellation);
        var second = await LatestAsync(run);
        await step.RunAsync(StoredRun.Model1, Cancellation);
        var last = await LatestAsync(run);
        var expected = await TensorsAsync(last);

        var damaged = (await last.DownloadContentAsync(Cancellation)).Value.Content.ToArray();
        damaged[^1] ^= 1;
        await last.UploadAsync(BinaryData.FromBytes(damaged), overwrite: true, Cancellation);
        var result = await step.RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal([1, 2, 3, 3], epochs.Epochs);
        Assert.True(result.Finished);
        Assert.Equal(expected, await TensorsAsync(await LatestAsync(run)));
        Assert.NotEqual(expected, await TensorsAsync(second));
    }

    private static async Task<BlobClient> LatestAsync(StoredRun run)
    {
        var runs = run.Storage.Container(StorageNames.Runs);
        var pointer = await new CheckpointStore(runs, StorageNames.TrainingFolder(StoredRun.Id, "model1", 1)).FindAsync(Cancellation);
        return runs.GetBlobClient(pointer!.Latest);
    }

    /// <summary>All that follows the header, which holds times.</summary>
    private static async Task<byte[]> TensorsAsync(BlobClient checkpoint)
    {
        var file = (await checkpoint.DownloadContentAsync(Cancellation)).Value.Content.ToArray();
        return file[(8 + (int)BitConverter.ToInt64(file))..];
    }
}
