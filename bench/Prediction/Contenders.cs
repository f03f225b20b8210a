using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Training;
using static TorchSharp.torch;

namespace ServerlessFashion.PredictionBenchmarks;

/// <summary>The ways to classify images that are compared, each on all cores; start-up and the first images are not timed.</summary>
internal static class Contenders
{
    public const string Csv = "csv";
    public const string Runtime = "runtime";
    public const string RuntimePerCore = "runtime-per-core";
    public const string Torch = "torch";

    /// <summary>Images in one call of ONNX Runtime, the same for both that use it.</summary>
    private const int BatchSize = 32;
    private const int WarmUpImages = 2048;
    private const double Seconds = 4;

    public static async Task<double> ImagesPerSecondAsync(string contender, string folder, string csv) => contender switch
    {
        Csv => await CsvAsync(ModelFolder.Onnx(folder), csv),
        Runtime => OnnxRuntime(ModelFolder.Onnx(folder), threadsOfARun: Environment.ProcessorCount, runsAtOnce: 1),
        RuntimePerCore => OnnxRuntime(ModelFolder.Onnx(folder), threadsOfARun: 1, runsAtOnce: Environment.ProcessorCount),
        Torch => TorchSharp(folder),
        _ => throw new ArgumentOutOfRangeException(nameof(contender), contender, "no such contender"),
    };

    /// <summary>Does the same as <c>fashion predict</c>: reads the file, classifies, and writes the rows to a file.</summary>
    private static async Task<double> CsvAsync(string onnx, string csv)
    {
        using var model = ImageClassifier.Load(onnx);
        model.Classify(new byte[WarmUpImages * FashionMnist.PixelsPerImage], WarmUpImages);
        var rows = Path.GetTempFileName();
        try
        {
            await PredictAsync();
            var watch = Stopwatch.StartNew();
            long images = 0;
            while (watch.Elapsed.TotalSeconds < Seconds)
            {
                images += await PredictAsync();
            }

            return images / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(rows);
        }

        async Task<long> PredictAsync()
        {
            await using var input = File.OpenRead(csv);
            await using var output = new FileStream(rows, FileMode.Create, FileAccess.Write);
            return (await new BatchPredictor(TimeProvider.System).PredictAsync(ImageSource.OfFile(input, csv), model, output)).Count;
        }
    }

    /// <summary>ONNX Runtime called again and again on a tensor that is ready.</summary>
    private static double OnnxRuntime(string onnx, int threadsOfARun, int runsAtOnce)
    {
        using var settings = new SessionOptions { IntraOpNumThreads = threadsOfARun };
        using var session = new InferenceSession(onnx, settings);
        var random = new Random(1);
        var images = new float[BatchSize * FashionMnist.PixelsPerImage];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = random.NextSingle();
        }

        using var input = OrtValue.CreateTensorValueFromMemory(images, [BatchSize, 1, FashionMnist.Side, FashionMnist.Side]);
        using var options = new RunOptions();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = runsAtOnce };
        return Repeat(WarmUpImages, () => Parallel.For(0, WarmUpImages / BatchSize, parallel, _ =>
        {
            using var outputs = session.Run(options, ["images"], [input], ["logits", "probabilities"]);
        }));
    }

    /// <summary>As a run evaluates its models: bytes to logits, 250 images a pass.</summary>
    private static double TorchSharp(string folder)
    {
        set_num_threads(Environment.ProcessorCount);
        var plan = ModelPlan.Of(ModelCatalogue.Get(ModelFolder.Name(folder)), ClassLabels.Five);
        using var file = File.OpenRead(ModelFolder.Safetensors(folder));
        using var network = Network.Create(plan, SafetensorsReader.Open(file, file.Name).ReadTensors(_ => true), file.Name, CPU);
        var images = new LabelledImages(
            new byte[WarmUpImages * FashionMnist.PixelsPerImage], new byte[WarmUpImages], new byte[WarmUpImages], new int[WarmUpImages]);
        new Random(1).NextBytes(images.Pixels);
        using var tensors = new ImageTensors(images, plan.Input, CPU);
        return Repeat(WarmUpImages, () => Inference.Logits(network, tensors, plan.Classes, CancellationToken.None));
    }

    private static double Repeat(int imagesEach, Action classify)
    {
        for (var images = 0; images < WarmUpImages; images += imagesEach)
        {
            classify();
        }

        var watch = Stopwatch.StartNew();
        long done = 0;
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            classify();
            done += imagesEach;
        }

        return done / watch.Elapsed.TotalSeconds;
    }
}
