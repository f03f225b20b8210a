using ServerlessFashion.Prediction.Classification;

namespace ServerlessFashion.Prediction.Tests.Classification;

public class ImagePredictionsTests
{
    [Fact]
    public void ProbabilitiesOf_SecondImage_AreItsClasses() => Assert.Equal(
        [.3f, .6f, .1f], new ImagePredictions([0, 1], [.7f, .2f, .1f, .3f, .6f, .1f], 3).ProbabilitiesOf(1).ToArray());
}
