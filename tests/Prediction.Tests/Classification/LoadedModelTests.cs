using System.Text;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Classification;

public sealed class LoadedModelTests : IDisposable
{
    private readonly ImageClassifier _model = TinyModel.BrightnessClassifier();

    public void Dispose() => _model.Dispose();

    /// <summary>
    /// By hand: a black image has the logits (1, 0), a white one (1, .01 * 784): the second probabilities are 1 / (1 + e) = .268941
    /// and 1 / (1 + e^(1 - 7.84)) = .998931.
    /// </summary>
    [Fact]
    public async Task PredictAll_TwoImages_HaveTheLabelsAndProbabilitiesWorkedByHand()
    {
        var predicted = await PredictAsync(Flat("b", 0), Flat("a", 255));
        var predictions = predicted.Predictions;

        Assert.Equal(
            [("b", 0, "label 0", "run/tiny"), ("a", 1, "label 1", "run/tiny")],
            predictions.Select(image => (image.Id, image.Label, image.LabelName, image.Model)));
        Assert.Equal(.268941, predictions[0].Probabilities[1], 1e-6);
        Assert.Equal(.998931, predictions[1].Probabilities[1], 1e-6);
        Assert.StartsWith(
            "1 of 2 images seems to show a dark garment on a light background",
            Assert.Single(predicted.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictAll_RepeatedId_IsAWarning()
    {
        var predicted = await PredictAsync(Flat("a", 0), Flat("a", 2));

        Assert.Contains("'a'", Assert.Single(predicted.Summary.Warnings), StringComparison.Ordinal);
    }

    /// <summary>The door of JSON: images that no reader saw.</summary>
    [Fact]
    public async Task Predict_ValuesOnTheWrongScale_AreAWarning()
    {
        using var model = Load();

        var cancellation = TestContext.Current.CancellationToken;
        var scaled = await model.PredictAsync(["a"], new byte[784].Select((_, i) => (byte)(i % 2)).ToArray(), cancellation);
        var usual = await model.PredictAsync(["a"], new byte[784].Select((_, i) => (byte)(i % 100)).ToArray(), cancellation);

        Assert.StartsWith("no value is above 1", Assert.Single(scaled.Summary.Warnings), StringComparison.Ordinal);
        Assert.Empty(usual.Summary.Warnings);
    }

    [Fact]
    public async Task PredictAll_MoreImagesThanAllowed_ThrowsTheCallersException()
    {
        await PredictAsync([.. Enumerable.Range(0, 3).Select(i => Flat($"{i}", 0))]);

        await Assert.ThrowsAsync<NotSupportedException>(() => PredictAsync([.. Enumerable.Range(0, 4).Select(i => Flat($"{i}", 0))]));
    }

    private async Task<PredictedImages> PredictAsync(params string[] rows)
    {
        using var model = Load();
        return await model.PredictAllAsync(
            ImageSource.OfFile(new MemoryStream(Encoding.UTF8.GetBytes($"{Header()}\n{string.Join('\n', rows)}\n")), "file"),
            new ReadOptions { BatchSize = 2 }, most: 3, () => new NotSupportedException(), TestContext.Current.CancellationToken);
    }

    private LoadedModel Load() =>
        new("run/tiny", _model, lease: null, new BatchPredictor(TimeProvider.System), TimeProvider.System);

    private static string Flat(string id, byte grey) => $"{id},{string.Join(',', Enumerable.Repeat(grey, 784))}";
}
