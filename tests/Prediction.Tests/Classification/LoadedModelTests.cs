using System.Text;
using ServerlessFashion.Prediction.Classification;
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
    public async Task PredictFile_TwoImages_HaveTheLabelsAndProbabilitiesWorkedByHand()
    {
        var predicted = await PredictAsync(Flat("b", 0), Flat("a", 255));
        var predictions = predicted.Predictions;

        Assert.Equal(
            [("b", 0, "label 0", "run/tiny"), ("a", 1, "label 1", "run/tiny")],
            predictions.Select(image => (image.Id, image.Label, image.LabelName, image.Model)));
        Assert.Equal(.268941, predictions[0].Probabilities[1], 1e-6);
        Assert.Equal(.998931, predictions[1].Probabilities[1], 1e-6);
        Assert.Empty(predicted.Summary.Warnings);
    }

    [Fact]
    public async Task PredictFile_RepeatedId_IsAWarning()
    {
        var predicted = await PredictAsync(Flat("a", 0), Flat("a", 1));

        Assert.Contains("'a'", Assert.Single(predicted.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictFile_MoreImagesThanAllowed_ThrowsTheCallersException()
    {
        await PredictAsync([.. Enumerable.Range(0, 3).Select(i => Flat($"{i}", 0))]);

        await Assert.ThrowsAsync<NotSupportedException>(() => PredictAsync([.. Enumerable.Range(0, 4).Select(i => Flat($"{i}", 0))]));
    }

    private async Task<PredictedImages> PredictAsync(params string[] rows)
    {
        using var model = new LoadedModel(
            "run/tiny", new ClassifierLease(_model, () => { }), new BatchPredictor(TimeProvider.System), TimeProvider.System);
        return await model.PredictFileAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($"{Header()}\n{string.Join('\n', rows)}\n")), "file",
            new ReadOptions { BatchSize = 2 }, most: 3, () => new NotSupportedException(), TestContext.Current.CancellationToken);
    }

    private static string Flat(string id, byte grey) => $"{id},{string.Join(',', Enumerable.Repeat(grey, 784))}";
}
