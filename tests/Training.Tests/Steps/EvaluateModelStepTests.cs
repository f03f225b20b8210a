using System.Globalization;
using Azure.Storage.Blobs;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class EvaluateModelStepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TrainedModel_LeavesEveryFileOfTheContractAndTheBestEpoch()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 3);
        await new TrainSliceStep(run.Storage, new EpochLog(), TimeProvider.System).RunAsync(StoredRun.Model1, Cancellation);

        var result = await new EvaluateModelStep(run.Storage, new EpochLog(), TimeProvider.System).RunAsync(StoredRun.Model1, Cancellation);

        var evaluation = (await new RunFolder(run.Storage, StoredRun.Id).FindEvaluationAsync("model1", 1, Cancellation))!;
        var best = evaluation.History.MaxBy(row => row.ValidationAccuracy)!;
        Assert.Equal(best.Epoch, evaluation.BestEpoch);
        Assert.Equal(best.ValidationAccuracy, evaluation.Validation.Accuracy, 12);
        Assert.Equal(evaluation.Validation.Accuracy, result.ValidationAccuracy);
        Assert.Equal(1000, evaluation.TestScores.Count);

        var folder = StorageNames.TrainingFolder(StoredRun.Id, "model1", 1);
        var runs = run.Storage.Container(StorageNames.Runs);
        foreach (var file in new[] { "model.safetensors", "model.onnx", "predictions.csv", "evaluation.json" })
        {
            Assert.True(await runs.GetBlobClient(folder + file).ExistsAsync(Cancellation), file);
        }

        // The predictions file, read as anyone would, gives the accuracy that the evaluation states.
        var rows = (await ReadAsync(runs, folder + "predictions.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row.Split(',')).ToList();
        Assert.Equal(evaluation.Test.Accuracy, rows.Count(row => row[1] == row[2]) / 1000.0, 12);
        Assert.All(rows, row => Assert.Equal(1, row[3..].Sum(p => double.Parse(p, CultureInfo.InvariantCulture)), 4));
    }

    [Fact]
    public async Task Run_NotTrained_IsRefused()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1);
        var step = new EvaluateModelStep(run.Storage, new EpochLog(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => step.RunAsync(StoredRun.Model1, Cancellation));

        Assert.Contains("was not trained", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(BlobContainerClient runs, string path) =>
        (await runs.GetBlobClient(path).DownloadContentAsync(Cancellation)).Value.Content.ToString();
}
