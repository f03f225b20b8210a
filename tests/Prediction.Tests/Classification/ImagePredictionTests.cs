using System.Text;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Classification;

public sealed class ImagePredictionTests : IDisposable
{
    private readonly ImageClassifier _model = TinyModel.BrightnessClassifier();
    private readonly List<string> _warnings = [];

    public void Dispose() => _model.Dispose();

    /// <summary>
    /// By hand: a black image has the logits (1, 0), a white one (1, .01 * 784): the second probabilities are 1 / (1 + e) = .268941
    /// and 1 / (1 + e^(1 - 7.84)) = .998931.
    /// </summary>
    [Fact]
    public async Task OfFile_TwoImages_HaveTheLabelsAndProbabilitiesWorkedByHand()
    {
        var predictions = await PredictAsync(Flat("b", 0), Flat("a", 255));

        Assert.Equal(
            [("b", 0, "label 0", "run/tiny"), ("a", 1, "label 1", "run/tiny")],
            predictions.Select(image => (image.Id, image.Label, image.LabelName, image.Model)));
        Assert.Equal(.268941, predictions[0].Probabilities[1], 1e-6);
        Assert.Equal(.998931, predictions[1].Probabilities[1], 1e-6);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task OfFile_RepeatedId_IsAWarning()
    {
        await PredictAsync(Flat("a", 0), Flat("a", 1));

        Assert.Contains("'a'", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfFile_MoreImagesThanAllowed_ThrowsTheCallersException()
    {
        await PredictAsync([.. Enumerable.Range(0, 3).Select(i => Flat($"{i}", 0))]);

        await Assert.ThrowsAsync<NotSupportedException>(() => PredictAsync([.. Enumerable.Range(0, 4).Select(i => Flat($"{i}", 0))]));
    }

    private Task<IReadOnlyList<ImagePrediction>> PredictAsync(params string[] rows) => ImagePrediction.OfFileAsync(
        _model, new MemoryStream(Encoding.UTF8.GetBytes($"{Header()}\n{string.Join('\n', rows)}\n")), "file",
        new ReadOptions { BatchSize = 2 }, _warnings.Add, most: 3, () =>
            new NotSupportedException(), TestContext.Current.CancellationToken);

    private static string Flat(string id, byte grey) => $"{id},{string.Join(',', Enumerable.Repeat(grey, 784))}";
}
