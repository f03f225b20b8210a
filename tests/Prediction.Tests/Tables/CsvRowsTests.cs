using System.Text;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Prediction.Tables;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class CsvRowsTests
{
    [Fact]
    public async Task ReadInto_FullBatch_LeavesTheRestForTheNext()
    {
        var context = new ReadContext("file", new ReadOptions { BatchSize = 2 }, _ => { });
        var text = new MemoryStream(Encoding.UTF8.GetBytes($"{Header()}\n{Row("a", 1)}\n\n{Row("b", 2)}\n{Row("c", 3)}\n"));
        var rows = new CsvRows(new Utf8LineReader(text, CsvRules.FashionMnist.LongestLine), context, CsvRules.FashionMnist);
        while (await rows.FillAsync(TestContext.Current.CancellationToken))
        {
        }

        using var first = context.NewBatch();
        rows.ReadInto(first);
        using var second = context.NewBatch();
        rows.ReadInto(second);

        Assert.Equal(["a", "b"], first.Ids);
        Assert.Equal(["c"], second.Ids);
        Assert.Equal([.. Pixels(1), .. Pixels(2)], first.Pixels.ToArray());
        Assert.Equal(Pixels(3), second.Pixels.ToArray());
    }

    [Fact]
    public void CheckEnd_NoLineAtAll_SaysThatTheFileIsEmpty()
    {
        var context = new ReadContext("file", ReadOptions.Default, _ => { });
        var rows = new CsvRows(new Utf8LineReader(new MemoryStream(), CsvRules.FashionMnist.LongestLine), context, CsvRules.FashionMnist);

        Assert.Equal("file: the file is empty.", Assert.Throws<InvalidInputException>(() => rows.CheckEnd(images: 0)).Message);
        rows.CheckEnd(images: 1);
    }
}
