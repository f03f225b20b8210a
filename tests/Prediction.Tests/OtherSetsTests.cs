using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using ServerlessFashion.Tests;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>Images for the models of registered data sets.</summary>
public sealed class OtherSetsTests
{
    private static readonly ReadOptions Discs = new() { Dataset = ShapeSet.Discs };

    /// <summary>Three vertical stripes, red, green and blue, stretched to 32 x 32: nothing is trimmed, greyed or negated.</summary>
    [Fact]
    public async Task Read_PictureForAColourSet_IsStretchedAndKeepsItsColours()
    {
        using var bitmap = new SKBitmap(96, 64);
        for (var x = 0; x < 96; x++)
        {
            for (var y = 0; y < 64; y++)
            {
                bitmap.SetPixel(x, y, (x / 32) switch { 0 => SKColors.Red, 1 => new SKColor(0, 255, 0), _ => SKColors.Blue });
            }
        }

        var pixels = await ReadAsync(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), Discs);

        Assert.Equal(32 * 32 * 3, pixels.Length);
        Assert.Equal([255, 0, 0], pixels[..3]);
        Assert.Equal([0, 255, 0], pixels[(16 * 3)..(17 * 3)]);
        Assert.Equal([0, 0, 255], pixels[(31 * 3)..(32 * 3)]);
    }

    [Fact]
    public async Task Read_CsvForASmallerSet_HasItsNumberOfColumns()
    {
        var values = Enumerable.Range(0, 400);
        var text = $"Id,{string.Join(',', values)}\nx,{string.Join(',', values.Select(i => i % 256))}\n";

        var pixels = await ReadAsync(Encoding.UTF8.GetBytes(text), new ReadOptions { Dataset = ShapeSet.Bars });

        Assert.Equal([.. Enumerable.Range(0, 400).Select(i => (byte)i)], pixels);
    }

    /// <summary>IDX with four axes: one image of 32 rows, 32 columns and three channels.</summary>
    [Fact]
    public async Task Read_IdxForAColourSet_HasFourAxes()
    {
        var image = ShapeSet.Draw(ShapeSet.Discs, 1, seed: 3).Pixels;
        byte[] file = [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 32, 0, 0, 0, 32, 0, 0, 0, 3, .. image];

        Assert.Equal(image, await ReadAsync(file, Discs));
    }

    /// <summary>Images of other sets may lie on a light ground.</summary>
    [Fact]
    public async Task Read_LightGround_IsWorthNoWarning()
    {
        using var model = ImageClassifier.Load(Exported(ShapeSet.Bars, pixel: 0));
        using var rows = new MemoryStream();
        byte[] file = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 20, 0, 0, 0, 20, .. Enumerable.Repeat((byte)250, 400)];

        var summary = await new BatchPredictor(TimeProvider.System).PredictAsync(
            ImageSource.OfFile(new MemoryStream(file), "light"), model, rows, cancellation: TestContext.Current.CancellationToken);

        Assert.Empty(summary.Warnings);
        Assert.Equal(["attic", "floor", "hall", "cellar", "garden"], summary.LabelCounts.Select(count => count.Name));
    }

    /// <summary>Fashion-MNIST's preparation would trim, grey and negate the picture of another set.</summary>
    [Theory]
    [InlineData(PicturePreparation.Always)]
    [InlineData(PicturePreparation.Never)]
    public async Task Predict_PreparationOfFashionMnist_IsRefusedForAnotherSet(PicturePreparation pictures)
    {
        using var classifier = ImageClassifier.Load(Exported(ShapeSet.Bars, pixel: 0));
        using var model = new LoadedModel(
            "run/tiny", classifier, lease: null, new BatchPredictor(TimeProvider.System), TimeProvider.System);
        var (input, options) = (ImageSource.OfFile(new MemoryStream(), "file"), ReadOptions.Default with { Pictures = pictures });

        var one = await Assert.ThrowsAsync<InvalidInputException>(async () => await model.PredictToCsvAsync(
            input, new MemoryStream(), options, TestContext.Current.CancellationToken));
        var other = await Assert.ThrowsAsync<InvalidInputException>(() => model.PredictAllAsync(
            input, options, most: 1, () => new NotSupportedException(), TestContext.Current.CancellationToken));

        Assert.Equal(
            "pictures: this choice is for models of fashion-mnist; leave it out, because pictures for bars are prepared as those of the "
                + "data set were.",
            one.Message);
        Assert.Equal(one.Message, other.Message);
    }

    /// <summary>
    /// The classifier weighs one value: that of the blue channel of the second pixel. By hand, value 255 is the input 1 and the logits are
    /// 0, 0 and 4; value 0 leaves all three at 0.
    /// </summary>
    [Theory]
    [InlineData(255, 2, .9647)]
    [InlineData(0, 0, .3333)]
    public void Classify_ColourImage_ReachesTheModelChannelByChannel(byte value, int label, double probability)
    {
        using var model = ImageClassifier.Load(Exported(ShapeSet.Discs, pixel: (2 * 32 * 32) + 1));
        var image = new byte[32 * 32 * 3];
        image[(1 * 3) + 2] = value;

        var predicted = model.Classify(image, 1, TestContext.Current.CancellationToken);

        Assert.Equal(label, predicted.Labels[0]);
        Assert.Equal(probability, predicted.ProbabilitiesOf(0)[label], 4);
        Assert.Equal("32x32 RGB, channels first, the whole picture stretched, value / 255", model.Metadata.Preprocessing);
    }

    /// <summary>Flatten and a classifier that adds four times the value at a place, channels first, to the last label.</summary>
    private static byte[] Exported(DatasetDescription set, int pixel)
    {
        var spec = new ModelSpec("tiny", "Tiny", "For tests.", InputTransform.Grey28, [new Flatten()], 1, []);
        var inputs = set.ImageBytes;
        var kernel = new float[set.Classes.Count * inputs];
        kernel[((set.Classes.Count - 1) * inputs) + pixel] = 4;
        var weights = new Dictionary<string, WeightTensor>
        {
            ["classifier.weight"] = new([set.Classes.Count, inputs], kernel),
            ["classifier.bias"] = new([set.Classes.Count], new float[set.Classes.Count]),
        };
        var metadata = new OnnxMetadata("run/tiny", "run", set.Classes, set.Sha256) { Dataset = set };
        using var onnx = new MemoryStream();
        OnnxModel.Write(spec, ClassLabels.Of(set), weights, metadata.ToEntries(), onnx);
        return onnx.ToArray();
    }

    private static async Task<byte[]> ReadAsync(byte[] file, ReadOptions options)
    {
        var pixels = new List<byte>();
        await foreach (var batch in ImageFile.ReadAsync(
            new MemoryStream(file), "file", options, cancellation: TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                pixels.AddRange(batch.Pixels.ToArray());
            }
        }

        return [.. pixels];
    }
}
