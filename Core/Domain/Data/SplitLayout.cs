namespace ServerlessFashion.Data;

/// <summary>
/// Where a split's images lie in <see cref="FashionMnist.Image"/>'s numbering (train file, then t10k file). Both
/// splits are contiguous there: the competition takes its test set from the front, the original from the end.
/// </summary>
public sealed record SplitLayout(int FirstTrain, int TrainCount, int FirstTest, int TestCount)
{
    public static SplitLayout Of(FashionMnist data, DatasetSplit split)
    {
        var train = data.TrainGarments.Length;
        var test = data.TestGarments.Length;
        return split == DatasetSplit.Competition ? new(test, train, 0, test) : new(0, train, train, test);
    }
}
