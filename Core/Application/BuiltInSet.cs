using ServerlessFashion.Data;

namespace ServerlessFashion.Application;

/// <summary>Fashion-MNIST as a data set among others.</summary>
internal static class BuiltInSet
{
    private const int TrainOfEach = 6000;
    private const int TestOfEach = 1000;

    /// <summary>When its authors published it: arXiv 1708.07747, version 1.</summary>
    private static readonly DateTimeOffset Published = new(2017, 8, 25, 0, 0, 0, TimeSpan.Zero);

    public static DatasetDescription FashionMnist { get; } = new()
    {
        Name = DatasetDescription.FashionMnistName,
        Side = Data.FashionMnist.Side,
        Channels = 1,
        Classes = ClassLabels.Garments.Names,
        TrainPerClass = [.. ClassLabels.Garments.Names.Select(_ => TrainOfEach)],
        TestPerClass = [.. ClassLabels.Garments.Names.Select(_ => TestOfEach)],
        TrainCount = OriginalFile.TrainLabels.Shape[0],
        TestCount = OriginalFile.TestLabels.Shape[0],
        Sha256 = Data.FashionMnist.PublishedSha256,
        Preparation = new ImagePreparation(
            Data.FashionMnist.Side, Data.FashionMnist.Side, IsGrey: true, Resampling.Area, LightOnDark: true),
        Findings = [],
        CreatedAt = Published,
    };
}
