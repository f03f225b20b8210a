using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

/// <summary>The headers are those of the published files, as xxd shows them.</summary>
public sealed class IdxHeaderTests
{
    private static readonly byte[] TestImages = [0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 0x1C, 0, 0, 0, 0x1C];

    private static readonly byte[] TrainLabels = [0, 0, 8, 1, 0, 0, 0xEA, 0x60];

    [Fact]
    public void Sizes_TestImages_AreTenThousandTimes28By28()
    {
        Assert.Equal(TestImages.Length, IdxHeader.Length(3));
        Assert.Equal(IdxHeader.UnsignedBytes(3), IdxHeader.Magic(TestImages));
        Assert.Equal([10_000, 28, 28], IdxHeader.Sizes(TestImages, 3));
    }

    [Fact]
    public void Sizes_TrainLabels_AreSixtyThousand()
    {
        Assert.Equal(TrainLabels.Length, IdxHeader.Length(1));
        Assert.Equal(IdxHeader.UnsignedBytes(1), IdxHeader.Magic(TrainLabels));
        Assert.Equal([60_000], IdxHeader.Sizes(TrainLabels, 1));
    }

    [Fact]
    public void Magic_FloatImages_IsNotThatOfBytes() => Assert.NotEqual(IdxHeader.UnsignedBytes(3), IdxHeader.Magic([0, 0, 0x0D, 3]));
}
