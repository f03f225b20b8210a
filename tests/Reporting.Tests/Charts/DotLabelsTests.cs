using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class DotLabelsTests
{
    /// <summary>Nine units from the dot, and four below its middle.</summary>
    [Fact]
    public void Place_AloneInTheLeftHalf_StandsAtTheRight() => Assert.Equal((109, 104, "start"), Labels().Place(100, 100, "Model 1"));

    [Fact]
    public void Place_NearTheRightEdge_StandsAtTheLeft() => Assert.Equal((371, 104, "end"), Labels().Place(380, 100, "Model 1"));

    /// <summary>Two texts stand at the sides of the dots, the others lines of 16 units below and above.</summary>
    [Fact]
    public void Place_DotsAtOnePlace_TakesTheOtherSideAndThenOtherLines()
    {
        var labels = Labels();

        var places = Enumerable.Range(0, 6).Select(_ => labels.Place(200, 100, "Model 1"));

        Assert.Equal(
            [(209, 104, "start"), (191, 104, "end"), (209, 120, "start"), (191, 120, "end"), (209, 88, "start"), (191, 88, "end")], places);
    }

    /// <summary>Below is the axis with its own texts.</summary>
    [Fact]
    public void Place_AtTheBottom_StaysInThePlot()
    {
        var labels = Labels();

        var places = Enumerable.Range(0, 3).Select(_ => labels.Place(200, 230, "Model 1").Baseline);

        Assert.Equal([234, 234, 218], places);
    }

    private static DotLabels Labels() => new(408, 232, 8);
}
