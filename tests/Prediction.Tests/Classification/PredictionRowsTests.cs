using System.Globalization;
using System.Text;
using ServerlessFashion.Prediction.Classification;

namespace ServerlessFashion.Prediction.Tests.Classification;

public class PredictionRowsTests
{
    [Fact]
    public async Task Write_Predictions_IsTheDocumentedCsv() => Assert.Equal(
        "Id,Label,P0,P1\n7,1,0.250000,0.750000\n\"a,b\",0,1.000000,0.000000\n",
        await WriteAsync(["7", "a,b"], [.25f, .75f, 1, 0], [1, 0]));

    /// <summary>The standard format F6 is the independent reference; the values include ties and both ends.</summary>
    [Fact]
    public async Task Write_Probabilities_AreAsTheFormatF6Rounds()
    {
        float[] probabilities =
        [
            0, 1, 1e-7f, 4.9e-7f, 5.1e-7f, .9999994f, .9999996f, 1f / 3, 2f / 3, .1f, 1e-3f, .0999999f,
            .. new Random(5).GetItems(Enumerable.Range(0, 10_000).Select(i => i / 9_999f).ToArray(), 500),
        ];

        var rows = (await WriteAsync([.. probabilities.Select((_, i) => $"{i}")], probabilities, new int[probabilities.Length]))
            .Split('\n');

        Assert.Equal(
            probabilities.Select(value => ((double)value).ToString("F6", CultureInfo.InvariantCulture)),
            rows[1..^1].Select(row => row.Split(',')[2]));
    }

    private static async Task<string> WriteAsync(string[] ids, float[] probabilities, int[] labels)
    {
        var (csv, classes) = (new MemoryStream(), probabilities.Length / ids.Length);
        var rows = new PredictionRows(csv, classes);
        await rows.WriteAsync(ids, new ImagePredictions(labels, probabilities, classes), TestContext.Current.CancellationToken);
        await rows.CompleteAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(csv.ToArray());
    }
}
