using System.Text;
using BenchmarkDotNet.Attributes;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.PredictionBenchmarks;

/// <summary>Measures reading, classifying and writing per image. Classification uses Model 1 with arbitrary weights.</summary>
[InProcess]
[MemoryDiagnoser]
public class Parts
{
    private const int Images = 2048;

    private readonly byte[] _pixels = new byte[Images * FashionMnist.PixelsPerImage];
    private ImageClassifier _model = null!;
    private byte[] _csv = [];

    [GlobalSetup]
    public void SetUp()
    {
        // As in Fashion-MNIST about half of the pixels are ground, so that fields have one digit or three.
        var random = new Random(1);
        for (var i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = (byte)(random.Next(2) * random.Next(256));
        }

        var text = new StringBuilder($"Id,{string.Join(',', Enumerable.Range(0, FashionMnist.PixelsPerImage))}\n");
        foreach (var (id, image) in _pixels.Chunk(FashionMnist.PixelsPerImage).Index())
        {
            text.Append(id).Append(',').AppendJoin(',', image).Append('\n');
        }

        _csv = Encoding.UTF8.GetBytes(text.ToString());
        var weights = ModelPlan.Of(StudyModels.Model1, ClassLabels.Five).Weights.ToDictionary(
            weight => weight.Name,
            weight => new WeightTensor(
                weight.Shape,
                [.. Enumerable.Range(0, (int)weight.Shape.Aggregate(1L, (product, size) => product * size))
                    .Select(_ => (random.NextSingle() - .5f) / 10)]));
        using var onnx = new MemoryStream();
        OnnxModel.Write(StudyModels.Model1, ClassLabels.Five, weights, new OnnxMetadata(
            "id", "run", ["0", "1", "2", "3", "4"], "00").ToEntries(), onnx);
        _model = ImageClassifier.Load(onnx.ToArray());
    }

    [GlobalCleanup]
    public void CleanUp() => _model.Dispose();

    [Benchmark(OperationsPerInvoke = Images)]
    public async Task<int> ReadCsv()
    {
        var images = 0;
        await foreach (var batch in ImageFile.ReadAsync(new MemoryStream(_csv), "csv"))
        {
            images += batch.Count;
            batch.Dispose();
        }

        return images;
    }

    [Benchmark(OperationsPerInvoke = Images)]
    public ImagePredictions Classify() => _model.Classify(_pixels, Images);

    [Benchmark(OperationsPerInvoke = Images)]
    public Task<PredictionSummary> CsvToRows() =>
        new BatchPredictor(TimeProvider.System).PredictAsync(ImageSource.OfFile(new MemoryStream(_csv), "csv"), _model, Stream.Null);
}
