using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public sealed class TrainSliceTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TwoEpochsOnTheCpu_IsTwoSpansWithSecondsAndImages()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 2, sliceEpochs: 2);
        using var recorder = new TelemetryRecorder();
        var reports = new List<TrainingProgress>();

        await run.Step<TrainSliceStep>(new EpochLog { OnReport = reports.Add })
            .RunAsync(StoredRun.Model1, Cancellation);

        Assert.Equal(
            ["fashion.epoch 1", "fashion.epoch 2"],
            recorder.Spans.Select(span => $"{span.DisplayName} {span.GetTagItem("fashion.training.epoch")}"));
        Assert.All(recorder.Spans, span => Assert.Equal(
            (StoredRun.Id, "model1", 1, "cpu"),
            (span.GetTagItem("fashion.run.id"), span.GetTagItem("fashion.model.name"),
                span.GetTagItem("fashion.training.seed"), span.GetTagItem("fashion.device"))));
        Assert.Equal([1600, 1600], recorder.Values("fashion.training.images").Select(value => value.Value));
        // The seconds of the report.
        Assert.Equal(
            reports.Where(report => report.Completed is not null).Select(report => report.Completed!.Seconds),
            recorder.Values("fashion.training.epoch.duration").Select(value => value.Value));
        Assert.Empty(recorder.Values("fashion.training.gpu.time"));
    }

    /// <summary>An epoch that leaves images out counts those that it took.</summary>
    [Fact]
    public async Task Run_EpochThatLeavesImagesOut_CountsTheOthers()
    {
        await using var run = await StoredRun.CreateAsync(
            epochs: 3, sliceEpochs: 3, phase: phase => phase with { DataPruning = new DataPruning(Share: .5, WholeEpochs: 1) });
        using var recorder = new TelemetryRecorder();

        await run.Step<TrainSliceStep>(new EpochLog())
            .RunAsync(StoredRun.Model1, Cancellation);

        var images = recorder.Values("fashion.training.images").Select(value => value.Value).ToList();
        Assert.Equal((3, 1600, 1600), (images.Count, images[0], images[2]));
        // Half of those whose loss lies below the mean stay away.
        Assert.InRange(images[1], 800, 1599);
    }
}
