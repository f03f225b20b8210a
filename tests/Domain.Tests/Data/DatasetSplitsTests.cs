using System.Security.Cryptography;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Data;

public class DatasetSplitsTests
{
    [Fact]
    public void Choose_CompetitionSplitOfThePublishedSet_HasThePublishedLabelCounts()
    {
        var data = PublishedSet.Load();

        var sets = DatasetSplits.Materialise(data, DatasetSplits.Choose(data, Settings()));

        Assert.Equal((48_000, 12_000, 10_000), (sets.Train.Count, sets.Validation.Count, sets.Test.Count));
        Assert.Equal([2025, 2014, 2006, 2022, 1933], Counts(sets.Test));
        // Of the training counts 11975, 11986, 11994, 11978, 12067 a fifth each, by largest remainder; scikit-learn's
        // train_test_split(test_size=.2, stratify=labels) gives the same counts.
        Assert.Equal([2395, 2397, 2399, 2396, 2413], Counts(sets.Validation));
        Assert.Equal([9580, 9589, 9595, 9582, 9654], Counts(sets.Train));
    }

    [Fact]
    public void Choose_GarmentsOnTheOriginalSplit_AreBalanced()
    {
        var data = PublishedSet.Load();

        var sets = DatasetSplits.Materialise(
            data, DatasetSplits.Choose(data, Settings(LabelScheme.Garments, DatasetSplit.Original)));

        Assert.Equal(Enumerable.Repeat(4_800, 10), Counts(sets.Train));
        Assert.Equal(Enumerable.Repeat(1_200, 10), Counts(sets.Validation));
        Assert.Equal(Enumerable.Repeat(1_000, 10), Counts(sets.Test));
        Assert.Equal(sets.Train.Garments, sets.Train.Labels);
    }

    [Fact]
    public void Choose_PublishedSet_GivesTheSameRowsForEver()
    {
        // From an independent Python program (exact integers): SplitMix64(20200401), labels 0 to 4 in turn, Fisher-Yates
        // from the end, the first of each label by largest remainder, sorted, joined by commas, SHA-256.
        var split = DatasetSplits.Choose(PublishedSet.Load(), Settings() with { Seed = 20200401, TrainLimit = 2_000 });

        Assert.Equal([2, 11, 17, 22, 29, 35, 36, 39], split.Validation[..8]);
        Assert.Equal("2e9299a35088f8744b26b6ce59a7fb538cc88ac9b5a10b9b0f956084fdddbf85", Sha256(split.Validation));
        Assert.Equal([9, 57, 59, 114, 117, 148, 242, 251], split.Train[..8]);
        Assert.Equal("53453895d306ea783bd950d3331497efdce4019de3fdce4935b81008dc0430f9", Sha256(split.Train));
    }

    [Theory]
    [InlineData(LabelScheme.Five, DatasetSplit.Competition)]
    [InlineData(LabelScheme.Garments, DatasetSplit.Original)]
    public void Choose_WithoutLimits_PartsTheTrainingImages(LabelScheme labels, DatasetSplit splitKind)
    {
        var split = DatasetSplits.Choose(SyntheticSet.Of(train: 200, test: 50), Settings(labels, splitKind));

        Assert.Equal(Enumerable.Range(0, 200), split.Train.Concat(split.Validation).Order());
        Assert.Equal(40, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, 50), split.Test);
        Assert.Equal((labels, splitKind, 3), (split.Labels, split.Split, split.Seed));
    }

    [Fact]
    public void Choose_WithLimits_DrawsDisjointSubsetsOfTheUnlimitedSets()
    {
        var data = SyntheticSet.Of(train: 200, test: 50);
        var whole = DatasetSplits.Choose(data, Settings());

        var limited = DatasetSplits.Choose(data, Settings() with { TrainLimit = 31, ValidationLimit = 17, TestLimit = 11 });

        Assert.Equal((31, 17, 11), (limited.Train.Length, limited.Validation.Length, limited.Test.Length));
        Assert.Empty(limited.Train.Except(whole.Train));
        Assert.Empty(limited.Validation.Except(whole.Validation));
        Assert.Equal(limited.Train.Order().Distinct(), limited.Train);
        Assert.Equal(limited.Test.Order().Distinct(), limited.Test);
    }

    [Fact]
    public void Choose_AnotherSeed_GivesAnotherValidationSet()
    {
        var data = SyntheticSet.Of(train: 200, test: 50);

        Assert.NotEqual(
            DatasetSplits.Choose(data, Settings()).Validation,
            DatasetSplits.Choose(data, Settings() with { Seed = 4 }).Validation);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.2)]
    [InlineData(1.0)]
    [InlineData(0.999)]
    [InlineData(double.NaN)]
    public void Choose_ShareThatLeavesOneSideEmpty_IsRefused(double share)
    {
        var refusal = Assert.Throws<InvalidInputException>(
            () => DatasetSplits.Choose(SyntheticSet.Of(20, 5), Settings() with { ValidationShare = share }));

        Assert.StartsWith("validationShare: expected a share above 0 and below 1", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// By hand: of 40, 20 and 12 images a sixth is 12 test images, shared 6.67, 3.33 and 2 by label: 7, 3 and 2. A fifth of the other 60
    /// is 12 validation images.
    /// </summary>
    [Fact]
    public void Choose_SetWithoutTestPart_HoldsAStratifiedShareOut()
    {
        byte[] labels = [.. Enumerable.Repeat<byte>(0, 40), .. Enumerable.Repeat<byte>(1, 20), .. Enumerable.Repeat<byte>(2, 12)];

        var split = DatasetSplits.Choose(labels, [], Settings(LabelScheme.Classes, DatasetSplit.HeldOut));

        Assert.Equal([7, 3, 2], split.Test.CountBy(row => labels[row]).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal((48, 12, 12), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 72), split.Train.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void Choose_HeldOutOfTwoImages_IsRefused() => Assert.Equal(
        "testShare: expected a share above 0 and below 1 that leaves images on both sides, found 0.16666666666666666 of 2 images.",
        Assert.Throws<InvalidInputException>(
            () => DatasetSplits.Choose([0, 1], [], Settings(LabelScheme.Classes, DatasetSplit.HeldOut))).Message);

    [Fact]
    public void Choose_LimitOfZero_NamesTheLimit()
    {
        var refusal = Assert.Throws<InvalidInputException>(
            () => DatasetSplits.Choose(SyntheticSet.Of(20, 5), Settings() with { TestLimit = 0 }));

        Assert.Equal("testLimit: expected at least 1 image, found 0.", refusal.Message);
    }

    [Fact]
    public void Materialise_CompetitionSplit_TestsOnTheFrontAndTrainsOnTheRestAndT10k()
    {
        var data = SyntheticSet.Of(train: 20, test: 4);

        var sets = DatasetSplits.Materialise(data, new(LabelScheme.Garments, DatasetSplit.Competition, 0, [0, 15, 16, 19], [1], [0, 3]));

        // Row r of the training images is image r + 4; rows from 16 on are t10k.
        Assert.Equal([4, 19, 20, 23], FirstPixels(sets.Train));
        Assert.Equal([4, 9, 0, 3], sets.Train.Garments);
        Assert.Equal([0, 15, 16, 19], sets.Train.Ids);
        Assert.Equal([5], FirstPixels(sets.Validation));
        Assert.Equal([0, 3], FirstPixels(sets.Test));
        Assert.Equal([0, 3], sets.Test.Ids);
        Assert.Equal("none", sets.Sha256);
    }

    [Fact]
    public void Materialise_OriginalSplit_KeepsThePublishedFiles()
    {
        var data = SyntheticSet.Of(train: 20, test: 4);

        var sets = DatasetSplits.Materialise(data, new(LabelScheme.Five, DatasetSplit.Original, 0, [0, 19], [7], [0, 3]));

        Assert.Equal([0, 19], FirstPixels(sets.Train));
        Assert.Equal([7], FirstPixels(sets.Validation));
        Assert.Equal([20, 23], FirstPixels(sets.Test));
        // 784 x 20 + 28822 = 44502: one cut below. 784 x 23 + 0 = 18032: none.
        Assert.Equal([1, 0], sets.Test.Labels);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-1)]
    public void Materialise_RowOutsideTheSplit_IsRefused(int row)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => DatasetSplits.Materialise(
            SyntheticSet.Of(train: 20, test: 4), new(LabelScheme.Five, DatasetSplit.Original, 0, [row], [], [])));

        Assert.Equal($"split: expected rows 0..19, found {row}.", refusal.Message);
    }

    [Fact]
    public void StratifiedSubset_SharesThatDoNotDivide_FollowTheLargestRemainder()
    {
        // Shares of 7 in 10, 6, 4: 3.5, 2.1, 1.4; floors 3, 2, 1, the seventh image to the remainder .5.
        byte[] labels = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2];

        var subset = DatasetSplits.StratifiedSubset(labels, 7, seed: 5);

        Assert.Equal([4, 2, 1], Enumerable.Range(0, 3).Select(label => subset.Count(row => labels[row] == label)));
        // The rows: the Python program of Choose_PublishedSet_GivesTheSameRowsForEver.
        Assert.Equal([2, 4, 8, 9, 11, 15, 16], subset);
    }

    [Fact]
    public void StratifiedSubset_NegativeSeed_IsASeedLikeAnother()
    {
        byte[] labels = [.. Enumerable.Range(0, 20).Select(row => (byte)(row % 2))];

        Assert.Equal([0, 7, 9, 12, 14, 15], DatasetSplits.StratifiedSubset(labels, 6, seed: -1));
    }

    [Fact]
    public void StratifiedSubset_EverySize_KeepsSharesToWithinOneImage()
    {
        var random = new Random(11);
        byte[] labels = [.. Enumerable.Range(0, 137).Select(_ => (byte)Math.Min(random.Next(7), random.Next(9)))];

        for (var size = 1; size <= labels.Length; size++)
        {
            var subset = DatasetSplits.StratifiedSubset(labels, size, seed: size);

            Assert.Equal(size, subset.Count);
            Assert.Equal(subset.Order().Distinct(), subset);
            Assert.All(labels.CountBy(label => label), count => Assert.True(
                Math.Abs(subset.Count(row => labels[row] == count.Key) - ((double)count.Value * size / labels.Length)) < 1));
        }
    }

    [Fact]
    public void StratifiedSubset_SizeBeyondTheSet_GivesAllRows()
    {
        Assert.Equal([0, 1, 2], DatasetSplits.StratifiedSubset([1, 0, 1], 4, seed: 0));
    }

    private static SplitSettings Settings(LabelScheme labels = LabelScheme.Five, DatasetSplit split = DatasetSplit.Competition) => new()
    {
        Labels = labels,
        Split = split,
        Seed = 3,
        ValidationShare = 0.2,
    };

    private static IEnumerable<int> Counts(LabelledImages images) =>
        images.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value);

    private static IEnumerable<int> FirstPixels(LabelledImages images) =>
        Enumerable.Range(0, images.Count).Select(index => (int)images.Image(index)[0]);

    private static string Sha256(int[] rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', rows))));
}
