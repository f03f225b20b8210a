using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Tests.Classification;

public class PredictionSentencesTests
{
    [Fact]
    public async Task Write_Garments_AreNamedWithTheirShare() => Assert.Equal(
        "boot.png: Ankle boot, 97.3 %\n",
        await WriteAsync(ClassLabels.Garments.Names, ["boot.png"], new ImagePredictions([9], Shares(10, 9, .9734f), 10)));

    [Fact]
    public async Task Write_FiveLabels_AreInTheWordsOfTheReport() => Assert.Equal(
        "a: Brightness quintile 3 of 5 (Class 2), 48.8 %; garment: Ankle boot, 96.0 %\n",
        await WriteAsync(ClassLabels.Five.Names, ["a"], new ImagePredictions([2], Shares(5, 2, .4881f), 5)
        {
            Garments = [new GarmentPrediction("Ankle boot", .96f)],
        }));

    /// <summary>A share that is below 1 is never printed as 100 %.</summary>
    [Theory]
    [InlineData(.9994f, "99.9 %")]
    [InlineData(.99951f, "over 99.9 %")]
    [InlineData(1f, "over 99.9 %")]
    public async Task Write_NearlyCertain_IsNotRoundedToCertainty(float share, string expected) => Assert.Equal(
        $"a: Bag, {expected}\n", await WriteAsync(ClassLabels.Garments.Names, ["a"], new ImagePredictions([8], Shares(10, 8, share), 10)));

    [Fact]
    public async Task Write_NameThatSteersATerminal_IsMadeHarmless() => Assert.Equal(
        "?[31ma b: dog, 75.0 %\n",
        await WriteAsync(["cat", "dog"], ["\u001b[31ma\nb"], new ImagePredictions([1], [.25f, .75f], 2)));

    private static float[] Shares(int classes, int label, float share) =>
        [.. Enumerable.Range(0, classes).Select(index => index == label ? share : (1 - share) / (classes - 1))];

    private static async Task<string> WriteAsync(IReadOnlyList<string> labels, string[] ids, ImagePredictions predictions)
    {
        var text = new MemoryStream();
        var sentences = new PredictionSentences(text, new Named(labels));
        await sentences.WriteAsync(ids, predictions, TestContext.Current.CancellationToken);
        await sentences.CompleteAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private sealed class Named(IReadOnlyList<string> labels) : IImageClassifier
    {
        public string ModelId => "run/model";

        public IReadOnlyList<string> LabelNames => labels;

        public Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
