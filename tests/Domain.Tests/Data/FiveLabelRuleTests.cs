using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class FiveLabelRuleTests
{
    // Worked by hand: T-shirt/top has offset 28822, Trouser -28356, Dress 0, Bag 83321; the cuts are 34506, 60652, 80358, 101960.
    [Theory]
    [InlineData(5_684, 0, 0)]   // 34506 is not above the cut 34506
    [InlineData(5_685, 0, 1)]
    [InlineData(89_008, 1, 1)]  // 60652
    [InlineData(89_009, 1, 2)]
    [InlineData(80_358, 3, 2)]
    [InlineData(80_359, 3, 3)]
    [InlineData(18_639, 8, 3)]  // 101960
    [InlineData(18_640, 8, 4)]
    [InlineData(0, 1, 0)]
    [InlineData(199_920, 8, 4)] // all white
    public void Label_AtTheCuts_CountsTheCutsBelow(int brightness, byte garment, byte label)
    {
        Assert.Equal(label, FiveLabelRule.Label(brightness, garment));
    }

    [Fact]
    public void Brightness_OfAnImage_IsTheSumOfItsRawGreyValues()
    {
        var image = new byte[784];
        image.AsSpan().Fill(255);

        Assert.Equal(199_920, FiveLabelRule.Brightness(image));
    }
}
