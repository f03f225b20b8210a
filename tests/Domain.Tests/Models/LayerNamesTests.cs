using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class LayerNamesTests
{
    [Fact]
    public void Of_RepeatedKinds_AreNumberedAsInKeras()
    {
        Assert.Equal(
            ["conv2d", "dropout", "conv2d_1", "conv2d_2", "dropout_1"],
            LayerNames.Of(
                [new Conv2D(1, 1, Padding.Same), new Dropout(.1), new Conv2D(2, 1, Padding.Same), new Conv2D(2, 1, Padding.Same),
                new Dropout(.2)]));
    }
}
