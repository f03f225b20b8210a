using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Data;

public class SplitLayoutTests
{
    /// <summary>
    /// By hand for 6 + 2 images: the competition tests on the first two and trains on the rest, the original on the last two.
    /// </summary>
    [Theory]
    [InlineData(DatasetSplit.Competition, 2, 0)]
    [InlineData(DatasetSplit.Original, 0, 6)]
    public void Of_Split_PlacesTheTestImagesAtTheFrontOrTheEnd(DatasetSplit split, int firstTrain, int firstTest) =>
        Assert.Equal(new SplitLayout(firstTrain, 6, firstTest, 2), SplitLayout.Of(SyntheticSet.Of(train: 6, test: 2), split));
}
