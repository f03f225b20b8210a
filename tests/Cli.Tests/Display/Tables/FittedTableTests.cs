using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;

namespace ServerlessFashion.Cli.Tests.Display.Tables;

public sealed class FittedTableTests
{
    private readonly FittedTable _table = new FittedTable().Text("Run").Text("Status", 1).LongText("Models", 3).Number("Test", 2);

    public FittedTableTests()
    {
        _table.AddRow("20260131-142501-9f3ac012", "completed", "model1 model3 model4 resnet50", "0.9012");
        _table.AddRow("[bold]", null, "", "0.8");
    }

    /// <summary>
    /// The cells have 24, 9, 14 (the least of a column that wraps) and 6 characters; a frame of n columns has 3 n + 1.
    /// </summary>
    [Theory]
    [InlineData(79, "")]
    [InlineData(66, "")]
    [InlineData(65, "Models")]
    [InlineData(48, "Models, Test")]
    [InlineData(39, "Status, Models, Test")]
    [InlineData(5, "Status, Models, Test")]
    public void LeftOut_Width_DropsTheHighestRanksFirst(int width, string expected) =>
        Assert.Equal(expected, string.Join(", ", _table.LeftOut(width, isFramed: true)));

    [Fact]
    public void Render_EnoughWidth_HasEveryCellAndNoMarkup()
    {
        var text = Screen.Show(_table.Render(120, Glyphs.Ascii.Border), 120);

        Assert.Contains(
            "| [bold]                   |           |                               |    0.8 |", text, StringComparison.Ordinal);
        Assert.Contains("model1 model3 model4 resnet50", text, StringComparison.Ordinal);
    }
}
