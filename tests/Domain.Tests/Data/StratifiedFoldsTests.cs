using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class StratifiedFoldsTests
{
    /// <summary>Cards: label 0 goes to folds 1 2 3 1 2, and label 1 goes on with 3 1 2.</summary>
    [Fact]
    public void Deal_FiveAndThreeImages_GoesOnWithTheNextFold()
    {
        byte[] labels = [0, 1, 0, 1, 0, 1, 0, 0];

        var folds = StratifiedFolds.Deal(Rows(8), labels, folds: 3, seed: 1);

        Assert.Equal([[2, 1], [2, 1], [1, 1]], folds.Select(fold => Count(fold, labels, classes: 2)));
    }

    /// <summary>
    /// From scikit-learn 1.2.1: <c>StratifiedKFold(4).split(x, [0] * 7 + [1] * 5 + [2] * 3 + [3] * 10)</c>, counted by
    /// <c>bincount</c>.
    /// </summary>
    [Fact]
    public void Deal_UnequalClasses_HasTheCountsOfScikitLearn()
    {
        byte[] labels =
        [
            .. Enumerable.Repeat((byte)0, 7), .. Enumerable.Repeat((byte)1, 5), .. Enumerable.Repeat((byte)2, 3),
            .. Enumerable.Repeat((byte)3, 10),
        ];

        var folds = StratifiedFolds.Deal(Rows(25), labels, folds: 4, seed: 657);

        Assert.Equal(
            [[2, 1, 1, 3], [2, 1, 1, 2], [2, 1, 1, 2], [1, 2, 0, 3]], folds.Select(fold => Count(fold, labels, classes: 4)));
    }

    /// <summary>Every row is in exactly one fold, and the counts of a class differ by one at most.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void Deal_RandomLabels_IsDisjointCompleteAndStratified(int folds)
    {
        var random = new Random(7);
        var labels = Enumerable.Range(0, 503).Select(_ => (byte)random.Next(6)).ToArray();
        int[] rows = [.. Rows(503).Select(row => 3 * row)];

        var dealt = StratifiedFolds.Deal(rows, labels, folds, seed: 3);

        Assert.Equal(rows, dealt.SelectMany(fold => fold).Order());
        Assert.InRange(dealt.Max(fold => fold.Length) - dealt.Min(fold => fold.Length), 0, 1);
        var counts = dealt.Select(fold => Count([.. fold.Select(row => row / 3)], labels, classes: 6)).ToArray();
        Assert.All(Enumerable.Range(0, 6), label => Assert.InRange(
            counts.Max(fold => fold[label]) - counts.Min(fold => fold[label]), 0, 1));
        Assert.All(dealt, fold => Assert.Equal(fold.Order(), fold));
    }

    [Fact]
    public void Deal_SameSeed_GivesTheSameFoldsAndAnotherSeedOthers()
    {
        var labels = new byte[40];

        var folds = StratifiedFolds.Deal(Rows(40), labels, folds: 4, seed: 1);

        Assert.Equal(folds, StratifiedFolds.Deal(Rows(40), labels, folds: 4, seed: 1));
        Assert.NotEqual(folds, StratifiedFolds.Deal(Rows(40), labels, folds: 4, seed: 2));
    }

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    private static int[] Count(int[] fold, byte[] labels, int classes) =>
        [.. Enumerable.Range(0, classes).Select(label => fold.Count(row => labels[row] == label))];
}
