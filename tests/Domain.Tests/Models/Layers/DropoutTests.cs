using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class DropoutTests
{
    [Fact]
    public void OutputOf_Features_KeepsTheirShapeAndHasNoWeights()
    {
        var input = new FeatureShape(3, 9);

        Assert.Equal(input, new Dropout(.2).OutputOf(input));
        Assert.Empty(new Dropout(.2).WeightsOf("dropout", input));
    }

    [Theory]
    [InlineData(.2, "Dropout 0.2")]
    [InlineData(.25, "Dropout 0.25")]
    public void Description_Rate_IsWrittenWithAPoint(double rate, string expected) =>
        Assert.Equal((expected, rate), (new Dropout(rate).Description, new Dropout(rate).DropRate));
}
