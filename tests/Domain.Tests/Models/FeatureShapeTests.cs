using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class FeatureShapeTests
{
    /// <summary>By hand: 26 * 26 * 32 features in maps, 64 in a row; the text is Keras's.</summary>
    [Theory]
    [InlineData(32, 26, 21_632, "(None, 26, 26, 32)")]
    [InlineData(64, null, 64, "(None, 64)")]
    public void CountAndText_MapsOrRow_AreAsKerasGivesThem(int channels, int? side, int count, string text)
    {
        var shape = new FeatureShape(channels, side);

        Assert.Equal((count, text), (shape.Count, shape.ToString()));
    }
}
