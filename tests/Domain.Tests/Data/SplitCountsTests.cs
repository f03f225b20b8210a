using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class SplitCountsTests
{
    private static readonly SplitSettings HeldOut = new()
    {
        Labels = LabelScheme.Classes,
        Split = DatasetSplit.HeldOut,
        Seed = 657,
        ValidationShare = .2,
    };

    /// <summary>
    /// Test: a sixth of 6 images is 1, of the first class. Validation: a fifth of 5 is 1, of the class with more images left.
    /// </summary>
    [Fact]
    public void Of_ThreeImagesOfTwoClasses_LeavesOneClassWithoutTestImage()
    {
        var counts = SplitCounts.Of([3, 3], HeldOut);

        Assert.Equal([1, 0], counts.HeldOutTest);
        Assert.Equal([0, 1], counts.Validation);
        Assert.Equal([2, 2], counts.Train);
    }

    /// <summary>What is drawn later has these counts, whatever the order of the images and the limits.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData(40, 10)]
    public void Of_AnySet_IsWhatIsDrawn(int? trainLimit, int? validationLimit)
    {
        int[] perClass = [50, 31, 7, 12];
        var labels = perClass.SelectMany((count, label) => Enumerable.Repeat((byte)label, count)).ToArray();
        new Random(3).Shuffle(labels);
        var settings = HeldOut with { TrainLimit = trainLimit, ValidationLimit = validationLimit };

        var counts = SplitCounts.Of(perClass, settings);

        var split = DatasetSplits.Choose(labels, [], settings);
        Assert.Equal(Drawn(split.Train), counts.Train);
        Assert.Equal(Drawn(split.Validation), counts.Validation);
        Assert.Equal(Drawn(split.Test), counts.HeldOutTest);

        int[] Drawn(int[] rows) => [.. Enumerable.Range(0, 4).Select(label => rows.Count(row => labels[row] == label))];
    }

    /// <summary>11 and 4 images in 5 folds: at least 2 of the first class in each, and a fold without the second.</summary>
    [Fact]
    public void Of_Folds_GivesTheSmallestOfEachClass()
    {
        var counts = SplitCounts.Of([11, 4], HeldOut with { Split = DatasetSplit.Original, Folds = 5 });

        Assert.Equal([2, 0], counts.Validation);
        Assert.Equal([11, 4], counts.Train);
        Assert.Null(counts.HeldOutTest);
    }
}
