using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Classification;

public sealed class BatchPredictorTests : IDisposable
{
    private readonly ImageClassifier _model = TinyModel.BrightnessClassifier();
    private readonly MemoryStream _csv = new();
    private readonly FakeTimeProvider _time = new();

    private string Csv => Encoding.UTF8.GetString(_csv.ToArray());

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Predict_Csv_WritesARowForEachImageInOrder()
    {
        var summary = await PredictAsync($"{Header()}\n{Flat("b", 0)}\n{Flat("a", 255)}\n{Flat("c", 51)}\n");

        // Sum / 255 is 0, 784 and 156.8; logits (1, 0), (1, 7.84), (1, 1.568).
        Assert.Equal(
            """
            Id,Label,P0,P1
            b,0,0.731059,0.268941
            a,1,0.001069,0.998931
            c,1,0.361698,0.638302

            """, Csv);
        Assert.Equal(3, summary.Count);
        Assert.Equal("run/tiny", summary.Model);
        Assert.Equal([new LabelCount(0, "label 0", 1), new LabelCount(1, "label 1", 2)], summary.LabelCounts);
        Assert.StartsWith(
            "1 of 3 images seems to show a dark garment on a light background", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    /// <summary>OWASP's list of what a spreadsheet takes for a formula.</summary>
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\"=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"", "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"")]
    [InlineData("-7", "-7")]
    [InlineData("+1.5", "+1.5")]
    [InlineData("a=b", "a=b")]
    public async Task Predict_IdThatLooksLikeAFormula_IsTextInTheRows(string id, string expected)
    {
        await PredictAsync($"{Header()}\n{Flat(id, 9)}\n");

        Assert.StartsWith($"{expected},0,", Csv.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ManyBatches_KeepsAllRowsInOrder()
    {
        var summary = await PredictAsync(Idx(1000), new ReadOptions { BatchSize = 3 });

        Assert.Equal(1000, summary.Count);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), Csv.Split('\n')[1..^1].Select(row => row.Split(',')[0]));
    }

    [Fact]
    public async Task Predict_NamesOfEntries_AreQuotedWhereTheyMustBe()
    {
        await PredictAsync(Zip(("a, \"b\".png", Picture("grey28.png"))));

        Assert.StartsWith("\"a, \"\"b\"\".png\",1,", Csv.Split('\n')[1]);
    }

    [Fact]
    public async Task Predict_RepeatedIds_AreAWarningThatNamesTheFirst()
    {
        var summary = await PredictAsync($"{Header()}\n{Flat("7", 9)}\n{Flat("x", 9)}\n{Flat("7", 9)}\n{Flat("x", 9)}\n{Flat("8", 9)}\n");

        Assert.Equal(5, summary.Count);
        Assert.Equal(
            ["2 rows repeat an id that came before; the first is '7' in row 3. Each row has its own prediction."], summary.Warnings);
    }

    [Fact]
    public async Task Predict_IdsThatAreTheSameNumberOnly_AreNotRepeated()
    {
        var summary =
            await PredictAsync($"{Header()}\n{Flat("007", 9)}\n{Flat("7", 9)}\n{Flat("0", 9)}\n{Flat("00", 9)}\n{Flat("0", 9)}\n");

        Assert.Equal(
            ["1 row repeats an id that came before; the first is '0' in row 5. Each row has its own prediction."], summary.Warnings);
    }

    [Fact]
    public async Task Predict_ManyWarnings_ShowsTheFirstAndCountsTheRest()
    {
        var blank = Picture("blank.png");

        var summary = await PredictAsync(Zip([.. Enumerable.Range(0, 25).Select(i => ($"{i}.png", blank))]));

        Assert.Equal(21, summary.Warnings.Count);
        Assert.Equal("entry '0.png': nothing but background was found; the image is empty.", summary.Warnings[0]);
        Assert.Equal("5 more warnings like these.", summary.Warnings[20]);
    }

    /// <summary>A header alone on standard output would look like a result.</summary>
    [Theory]
    [InlineData("this is no image")]
    [InlineData("bad first row")]
    public async Task Predict_InputThatFailsBeforeItsFirstImage_WritesNothing(string content)
    {
        var text = content == "bad first row" ? $"{Header()}\n{Flat("0", 256)}\n" : content;
        using var csv = new MemoryStream();

        await Assert.ThrowsAsync<InvalidInputException>(() => new BatchPredictor(TimeProvider.System).PredictAsync(
            ImageSource.OfFile(new MemoryStream(Encoding.UTF8.GetBytes(text)), "file"), _model, csv,
            new ReadOptions { BatchSize = 1 }, TestContext.Current.CancellationToken));

        Assert.Equal(0, csv.Length);
    }

    [Fact]
    public async Task Predict_BadRowFarIntoTheFile_ThrowsAsTheReaderDoes()
    {
        var text = new StringBuilder(Header() + "\n");
        for (var row = 0; row < 50; row++)
        {
            text.Append(Flat($"{row}", row == 48 ? 256 : 1)).Append('\n');
        }

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => PredictAsync(text.ToString(), new ReadOptions { BatchSize = 2 }));

        Assert.Equal(
            "file: line 50, column '0': expected a whole number from 0 to 255, found '256'; "
            + "if the values have 16 bits, divide them by 257 and round them.",
            error.Message);
    }

    [Fact]
    public async Task Predict_Cancelled_ThrowsAndStopsReading()
    {
        using var cancel = new CancellationTokenSource();
        using var input = new CancellingStream(Idx(5000), cancel, after: 1 << 20);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new BatchPredictor(_time).PredictAsync(ImageSource.OfFile(input, "file"), _model, _csv, cancellation: cancel.Token));

        Assert.InRange(input.Position, 1, 3 << 20);
    }

    [Fact]
    public async Task Predict_OutputThatFails_ThrowsAndStopsReading()
    {
        using var closed = new MemoryStream();
        await closed.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            new BatchPredictor(_time)
                .PredictAsync(
                    ImageSource.OfFile(new MemoryStream(Idx(5)), "file"), _model, closed, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Predict_Seconds_AreThoseOfTheClock()
    {
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(3);

        var summary = await PredictAsync(Idx(1));

        Assert.Equal(3, summary.Seconds);
    }

    private Task<PredictionSummary> PredictAsync(string text, ReadOptions? options = null) =>
        PredictAsync(Encoding.UTF8.GetBytes(text), options);

    private Task<PredictionSummary> PredictAsync(byte[] bytes, ReadOptions? options = null) =>
        new BatchPredictor(_time).PredictAsync(
            ImageSource.OfFile(new MemoryStream(bytes), "file"), _model, _csv, options, TestContext.Current.CancellationToken);

    private static string Flat(string id, int grey) => $"{id},{string.Join(',', Enumerable.Repeat(grey, 784))}";

    private sealed class CancellingStream(byte[] content, CancellationTokenSource cancel, long after) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > after)
            {
                await cancel.CancelAsync();
            }

            return await base.ReadAsync(buffer, CancellationToken.None);
        }
    }
}
