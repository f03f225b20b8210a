using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Heads;

public class SoftmaxHeadTests
{
    [Fact]
    public void OutputsFor_AnyLabels_IsOnePerLabel() => Assert.Equal(
        [5, 10, 3],
        ((ClassLabels[])[ClassLabels.Five, ClassLabels.Garments, ClassLabels.Unnamed(3)]).Select(new SoftmaxHead().OutputsFor));

    [Fact]
    public void Head_Softmax_HasNoLayerAndReadsNoBrightness()
    {
        Assert.Null(new SoftmaxHead().Layer);
        Assert.False(new SoftmaxHead().ReadsBrightness);
    }
}
