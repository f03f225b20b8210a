using System.Globalization;
using System.Runtime.InteropServices;
using Azure.Storage.Blobs;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class EvaluateModelStepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TrainedModel_LeavesEveryFileOfTheContractAndTheBestEpoch()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 3, sliceEpochs: 3);
        await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);

        var result = await run.Step<EvaluateModelStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);

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
        var rows = (await ReadAsync(runs, folder + "predictions.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(row => row.Split(',')).ToList();
        Assert.Equal(evaluation.Test.Accuracy, rows.Count(row => row[1] == row[2]) / 1000.0, 12);
        Assert.All(rows, row => Assert.Equal(1, row[3..].Sum(p => double.Parse(p, CultureInfo.InvariantCulture)), 4));
    }

    /// <summary>
    /// ONNX Runtime on model.onnx, and PyTorch on model.safetensors (by a reader of its own), against the logits of the
    /// evaluation. EXPORT_IMAGES=all takes all 10,000 test images instead of 500.
    /// </summary>
    [Theory]
    [InlineData("model1")]
    [InlineData("model3")]
    [InlineData("model4")]
    [InlineData("resnet50")]
    [InlineData("model4-pruned")]
    [InlineData("model4-slim")]
    [InlineData("resnet50-finetuned")]
    [InlineData("resnet18")]
    [InlineData("resnet18-finetuned")]
    public async Task Run_Model_LeavesFilesThatOthersReadAlike(string model)
    {
        int? images = Environment.GetEnvironmentVariable("EXPORT_IMAGES") == "all" ? null : 500;
        await using var run = await StoredRun.CreateAsync(epochs: 2, sliceEpochs: 2, model, images);
        var request = StoredRun.Model1 with { Model = model };
        await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(request, Cancellation);

        await run.Step<EvaluateModelStep>(new EpochLog()).RunAsync(request, Cancellation);

        var evaluation = (await new RunFolder(run.Storage, StoredRun.Id).FindEvaluationAsync(model, 1, Cancellation))!;
        var expected = evaluation.TestScores;
        var definition = await new RunDefinitions(run.Storage).GetAsync(StoredRun.Id, Cancellation);
        var test = (await run.Inputs.LoadAsync(StoredRun.Id, definition, model, 1, checkpoint: null, Cancellation)).Data.Test;
        Assert.Equal(images ?? 10_000, expected.Count);
        Assert.Equal(expected.Ids, test.Ids);
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "model.onnx", "model.safetensors" })
        {
            await run.Storage.Container(StorageNames.Runs).GetBlobClient(StorageNames.TrainingFolder(StoredRun.Id, model, 1) + file)
                .DownloadToAsync(folder.File(file), Cancellation);
        }

        Assert.Equal(new FileInfo(folder.File("model.onnx")).Length, evaluation.FileBytes);
        Assert.Equal(model == "model4-pruned" ? .9 : 0, evaluation.Sparsity, 4);
        var greys = Array.ConvertAll(test.Pixels, grey => grey / 255f);
        AssertAlike(expected, Logits(folder.File("model.onnx"), greys));

        Python.SkipWithoutTorch();
        await File.WriteAllBytesAsync(folder.File("images.f32"), MemoryMarshal.AsBytes(greys.AsSpan(0, 200 * 784)).ToArray(), Cancellation);
        Python.Run(
            Path.Combine(AppContext.BaseDirectory, "Reference", "forward.py"), model, folder.File("model.safetensors"),
            folder.File("images.f32"), folder.File("logits.f32"));
        AssertAlike(
            expected, MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(folder.File("logits.f32"), Cancellation)).ToArray());
        Python.Run("-c", "import sys, onnx; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)", folder.File("model.onnx"));
    }

    /// <summary>The state before the damaged one is not the end of the training, so it must not be evaluated.</summary>
    [Fact]
    public async Task Run_BestCheckpointGone_IsRefusedWithTheRemedy()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1);
        await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);
        var runs = run.Storage.Container(StorageNames.Runs);
        var pointer = await new CheckpointStore(runs, StorageNames.TrainingFolder(StoredRun.Id, "model1", 1)).FindAsync(Cancellation);
        await runs.DeleteBlobAsync(pointer!.Best, cancellationToken: Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => run.Step<EvaluateModelStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation));

        Assert.Equal(
            $"checkpoint runs/{pointer.Best} is missing; resume the run to train model1 again from the newest whole checkpoint.",
            refused.Message);
    }

    [Fact]
    public async Task Run_NotTrained_IsRefused()
    {
        await using var run = await StoredRun.CreateAsync(epochs: 1, sliceEpochs: 1);
        var step = run.Step<EvaluateModelStep>(new EpochLog());

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => step.RunAsync(StoredRun.Model1, Cancellation));

        Assert.Contains("was not trained", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The second call finds the evaluation, as after a crash before the orphans were deleted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_CheckpointThatNoPointerNames_IsDeleted(bool evaluatedBefore)
    {
        await using var run = await StoredRun.CreateAsync(epochs: 2, sliceEpochs: 2);
        await run.Step<TrainSliceStep>(new EpochLog()).RunAsync(StoredRun.Model1, Cancellation);
        var step = run.Step<EvaluateModelStep>(new EpochLog());
        if (evaluatedBefore)
        {
            await step.RunAsync(StoredRun.Model1, Cancellation);
        }

        var runs = run.Storage.Container(StorageNames.Runs);
        var folder = StorageNames.TrainingFolder(StoredRun.Id, "model1", 1);
        await runs.UploadBlobAsync(folder + "checkpoints/epoch-0001-orphan.safetensors", BinaryData.FromString("half"), Cancellation);

        await step.RunAsync(StoredRun.Model1, Cancellation);

        var pointer = (await new CheckpointStore(runs, folder).FindAsync(Cancellation))!;
        var left = new HashSet<string>();
        await foreach (var blob in runs.GetBlobsAsync(new() { Prefix = folder + "checkpoints/epoch-" }, Cancellation))
        {
            left.Add(blob.Name);
        }

        Assert.Equal(new HashSet<string> { pointer.Latest, pointer.Best }, left);
    }

    private static async Task<string> ReadAsync(BlobContainerClient runs, string path) =>
        (await runs.GetBlobClient(path).DownloadContentAsync(Cancellation)).Value.Content.ToString();

    /// <summary>
    /// The same labels, and logits that differ by less than 1e-4 where they lie within 10 of each other, else by 1e-5 of that.
    /// </summary>
    private static void AssertAlike(ScoredSet expected, float[] logits)
    {
        var first = expected.Logits[..logits.Length];
        var spread = first.Max() - first.Min();
        var difference = first.Zip(logits, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(spread > .1, "logits that hardly differ would prove nothing");
        Assert.Equal(Labels(first, expected.Classes), Labels(logits, expected.Classes));
        Assert.True(difference < 1e-5 * Math.Max(10, spread), $"largest difference {difference}, logits within {spread}");
    }

    private static IEnumerable<int> Labels(float[] logits, int classes) => logits.Chunk(classes).Select(row => row.IndexOf(row.Max()));

    private static float[] Logits(string onnx, float[] images)
    {
        using var session = new InferenceSession(onnx);
        var logits = new List<float>();
        foreach (var batch in images.Chunk(250 * 784))
        {
            using var input = OrtValue.CreateTensorValueFromMemory(batch, [batch.Length / 784, 1, 28, 28]);
            using var options = new RunOptions();
            using var outputs = session.Run(options, ["images"], [input], ["logits"]);
            logits.AddRange(outputs[0].GetTensorDataAsSpan<float>());
        }

        return [.. logits];
    }
}
