using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.PredictionBenchmarks;

/// <summary>
/// Compares the exported models of a finished run with the logits from TorchSharp's evaluation, on every test image of the run. An
/// ensemble is compared with the vote of its members' logits.
/// </summary>
internal static class Agreement
{
    private const double MostDifference = 1e-4;
    private const int BatchSize = 250;

    /// <returns>0 when every label is the same and no logit differs by more than 1e-4, else 1.</returns>
    public static async Task<int> CheckAsync(string connection, string runId)
    {
        var storage = FashionStorage.Connect(connection);
        var folder = new RunFolder(storage, runId);
        var run = await new RunDefinitions(storage).GetAsync(runId, CancellationToken.None);
        var split = await folder.GetSplitAsync(CancellationToken.None);
        var test = DatasetSplits.Materialise(await new DatasetStore(storage).LoadAsync(CancellationToken.None), split).Test;

        var agree = true;
        Console.WriteLine(
            "| model | test images | other labels | largest difference of a logit | logits from .. to "
            + "| accuracy, ONNX Runtime | accuracy, report |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (model, seed) in run.Configuration.Results())
        {
            if (await folder.FindEvaluationAsync(model, seed, CancellationToken.None) is not { } evaluation)
            {
                continue;
            }

            var onnx = await storage.Container(StorageNames.Runs)
                .GetBlobClient(StorageNames.TrainingFolder(runId, model, seed) + "model.onnx").DownloadContentAsync();
            var scores = evaluation.TestScores with { Logits = Logits(onnx.Value.Content.ToArray(), test, evaluation.TestScores) };
            var (found, expected) = (ClassProbabilities.Labels(scores), ClassProbabilities.Labels(evaluation.TestScores));
            var others = found.Zip(expected).Count(pair => pair.First != pair.Second);
            var difference = scores.Logits.Zip(evaluation.TestScores.Logits, (a, b) => Math.Abs((double)a - b)).Max();
            var accuracy = found.Zip(scores.Labels).Count(pair => pair.First == pair.Second) / (double)scores.Count;
            agree &= others == 0 && difference < MostDifference;
            Console.WriteLine(
                $"| {model} seed {seed} | {scores.Count} | {others} | {difference:0.0e+0} | {scores.Logits.Min():0.0} .. "
                + $"{scores.Logits.Max():0.0} | {accuracy:0.0000} | {evaluation.Test.Accuracy:0.0000} |");
        }

        return agree ? 0 : 1;
    }

    private static float[] Logits(byte[] onnx, LabelledImages test, ScoredSet scores)
    {
        if (!test.Ids.AsSpan().SequenceEqual(scores.Ids))
        {
            throw new InvalidOperationException("The run's test images are not those of its evaluation.");
        }

        using var session = new InferenceSession(onnx);
        var logits = new List<float>();
        for (var start = 0; start < test.Count; start += BatchSize)
        {
            var count = Math.Min(BatchSize, test.Count - start);
            var values = Array.ConvertAll(
                test.Pixels[(start * FashionMnist.PixelsPerImage)..((start + count) * FashionMnist.PixelsPerImage)],
                grey => grey / 255f);
            using var input = OrtValue.CreateTensorValueFromMemory(values, [count, 1, FashionMnist.Side, FashionMnist.Side]);
            using var options = new RunOptions();
            using var outputs = session.Run(options, ["images"], [input], ["logits"]);
            logits.AddRange(outputs[0].GetTensorDataAsSpan<float>());
        }

        return [.. logits];
    }
}
