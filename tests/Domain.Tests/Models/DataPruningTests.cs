using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class DataPruningTests
{
    /// <summary>
    /// By hand: with 12 epochs the first and the last use all images and ten use 1 - .8 * .7 = .44 of them: (2 + 10 * .44) / 12.
    /// Without a whole epoch at the end, (1 + .44) / 2 of two epochs. One epoch is whole.
    /// </summary>
    [Theory]
    [InlineData(1, 12, 6.4 / 12)]
    [InlineData(0, 2, .72)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 1)]
    [InlineData(1, 0, 1)]
    public void ImageShare_Epochs_IsTheMeanWorkedByHand(int wholeEpochs, int epochs, double expected) =>
        Assert.Equal(expected, new DataPruning(.7, wholeEpochs).ImageShare(epochs), 1e-12);
}
