using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

/// <summary>A run of the format before runs had definitions goes on from its checkpoint.</summary>
public sealed class UnversionedRunTests
{
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whether the weights are right cannot be seen here: those of the stored checkpoint are zeros.</summary>
    [Fact]
    public async Task Run_InterruptedUnversionedRun_TrainsTheEpochsThatAreLeft()
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        Assert.SkipUnless(FashionMnistFiles.AreIn(SystemFolder), "Needs the package dataset-fashion-mnist.");
        await using var azurite = await AzuriteProcess.StartAsync(Cancellation);
        var storage = FashionStorage.Connect(azurite.NewAccount());
        await storage.EnsureCreatedAsync(Cancellation);
        await UnversionedRuns.LoadAsync(storage);
        await new DatasetStore(storage).UploadAsync(FashionMnistFiles.In(SystemFolder), Cancellation);
        var epochs = new EpochLog();
        var request = new TrainingId(UnversionedRuns.Interrupted, "model1", 1);
        var before = await new EpochMetrics(storage).ListAsync(request.RunId, request.Model, request.Seed, 0, Cancellation);

        var slice = await StoredRun.StepOn<TrainSliceStep>(storage, epochs).RunAsync(request, Cancellation);
        var evaluated = await StoredRun.StepOn<EvaluateModelStep>(storage, epochs).RunAsync(request, Cancellation);

        Assert.Equal((3, 3, true), (slice.Epoch, slice.TotalEpochs, slice.Finished));
        Assert.Equal([2, 3], epochs.Epochs);
        var rows = await new EpochMetrics(storage).ListAsync(request.RunId, request.Model, request.Seed, 0, Cancellation);
        Assert.Equal(before.Single(), rows[0]);
        Assert.Equal("model1", evaluated.Model);
    }
}
