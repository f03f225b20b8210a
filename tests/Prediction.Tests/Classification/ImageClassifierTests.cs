using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Classification;

public class ImageClassifierTests
{
    [Fact]
    public void Classify_LinearModel_GivesTheLabelsAndProbabilitiesWorkedByHand()
    {
        using var model = TinyModel.BrightnessClassifier();
        byte[] pixels = [.. Lit(0), .. Lit(101), .. Lit(300)];

        var predictions = Classify(model, pixels, 3);

        // Logits (1, 0), (1, 1.01), (1, 3): the second probability is 1 / (1 + e^(first - second)).
        Assert.Equal([0, 1, 1], predictions.Labels);
        Assert.Equal(1 / (1 + Math.Exp(1)), predictions.ProbabilitiesOf(0)[1], 5);
        Assert.Equal(1 / (1 + Math.Exp(-.01)), predictions.ProbabilitiesOf(1)[1], 5);
        Assert.Equal(1 / (1 + Math.Exp(-2)), predictions.ProbabilitiesOf(2)[1], 5);
    }

    /// <summary>By hand: the logits are 0 nine times and ln 3, so that an ankle boot has the probability 3 / 12.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Classify_ModelThatKnowsTheGarment_NamesIt(bool averagesMirrorImage)
    {
        using var model = ImageClassifier.Load(TinyModel.GarmentBytes(MathF.Log(3), averagesMirrorImage));

        var garments = Classify(model, [.. Lit(0), .. Lit(300)], 2).Garments!;

        Assert.Equal(["Ankle boot", "Ankle boot"], garments.Select(garment => garment.Name));
        Assert.All(garments, garment => Assert.Equal(.25, garment.Probability, 1e-6));
    }

    /// <summary>By hand: the probabilities 3 / 12 and 12 / 21 have the mean 23 / 56.</summary>
    [Fact]
    public void Classify_VoteOfModelsThatKnowTheGarment_NamesItWithTheMeanProbability()
    {
        var ensemble = new MemoryStream();
        OnnxEnsemble.Write(
            "vote", [TinyModel.GarmentBytes(MathF.Log(3)), TinyModel.GarmentBytes(MathF.Log(12))],
            new OnnxMetadata("run/vote", "run", ClassLabels.Five.Names, "ab").ToEntries(), ensemble);
        using var model = ImageClassifier.Load(ensemble.ToArray());

        Assert.Equal(23 / 56d, Assert.Single(Classify(model, Lit(5), 1).Garments!).Probability, 1e-6);
    }

    [Fact]
    public void Classify_ModelOfOtherLabels_NamesNoGarment()
    {
        using var model = TinyModel.BrightnessClassifier();

        Assert.Null(Classify(model, Lit(5), 1).Garments);
    }

    [Fact]
    public void Classify_EqualLogits_GivesTheFirstLabel()
    {
        using var model = ImageClassifier.Load(TinyModel.Bytes([0, 0, 0], [1, 2, 2]));

        Assert.Equal([1], Classify(model, Lit(5), 1).Labels);
    }

    [Fact]
    public void Classify_MoreThanOneRun_KeepsTheOrder()
    {
        using var model = TinyModel.BrightnessClassifier();
        const int Count = 600;
        byte[] pixels = [.. Enumerable.Range(0, Count).SelectMany(i => Lit(i % 3 == 0 ? 200 : 3))];

        var predictions = Classify(model, pixels, Count);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? 1 : 0), predictions.Labels);
    }

    [Fact]
    public async Task Classify_FromSeveralThreads_GivesEachItsOwnAnswers()
    {
        using var model = TinyModel.BrightnessClassifier();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Classify(model, Lit(i * 50), 1).Labels[0])));

        // 0, 50, 100 pixels are not more than 100 (logits are equal at 100, where the first label wins).
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 1], answers);
    }

    [Fact]
    public void Classify_Cancelled_Throws()
    {
        using var model = TinyModel.BrightnessClassifier();

        Assert.Throws<OperationCanceledException>(() => model.Classify(Lit(1), 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Classify_PixelsThatAreNotThatManyImages_Throws()
    {
        using var model = TinyModel.BrightnessClassifier();

        Assert.Throws<ArgumentOutOfRangeException>(() => Classify(model, new byte[783], 1));
    }

    [Fact]
    public void Classify_Disposed_Throws()
    {
        var model = TinyModel.BrightnessClassifier();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Classify(model, Lit(1), 1));
    }

    [Fact]
    public void Load_ExportedModel_KnowsWhoItIs()
    {
        using var model = TinyModel.BrightnessClassifier();

        Assert.Equal("run/tiny", model.ModelId);
        Assert.Equal(["label 0", "label 1"], model.LabelNames);
    }

    [Fact]
    public void Load_SomethingElse_IsAnError()
    {
        var error = Assert.Throws<InvalidInputException>(() => ImageClassifier.Load([1, 2, 3], "champion.onnx"));

        Assert.StartsWith("champion.onnx: not an ONNX model that can be run:", error.Message);
    }

    [Fact]
    public void Load_OnnxFileOfAnotherProgram_SaysWhatItLacks()
    {
        var spec = new ModelSpec("tiny", "Tiny", "For tests.", InputTransform.Grey28, [new Flatten()], 1, []);
        var weights = new Dictionary<string, WeightTensor>
        {
            ["classifier.weight"] = new([1, 784], new float[784]),
            ["classifier.bias"] = new([1], [0]),
        };
        var model = new MemoryStream();
        OnnxModel.Write(spec, ClassLabels.Unnamed(1), weights, new Dictionary<string, string>(), model);

        var error = Assert.Throws<InvalidInputException>(() => ImageClassifier.Load(model.ToArray(), "other.onnx"));

        Assert.Equal("other.onnx: the model's metadata has no 'model_id'; it was not exported by this program.", error.Message);
    }

    private static ImagePredictions Classify(ImageClassifier model, byte[] pixels, int count) =>
        model.Classify(pixels, count, TestContext.Current.CancellationToken);

    private static byte[] Lit(int pixels)
    {
        var image = new byte[784];
        image.AsSpan(0, pixels).Fill(255);
        return image;
    }
}
