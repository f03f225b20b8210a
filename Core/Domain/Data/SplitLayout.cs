namespace ServerlessFashion.Data;

/// <summary>
/// The position of a split's images in the numbering of <see cref="FashionMnist.Image"/> (train file, then t10k file). Both splits
/// are contiguous: the competition's test set is at the front, the original one at the end.
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
