using static ServerlessFashion.Export.Tests.GraphRun;

namespace ServerlessFashion.Export.Tests;

public class OnnxVoteTests
{
    /// <summary>
    /// Softmax of (0, ln 3) is (1/4, 3/4) and of (ln 4, 0) is (4/5, 1/5); their mean is (.525, .475). The mirror images are the
    /// second half of the batch.
    /// </summary>
    [Fact]
    public void OfHalves_ImagesAndTheirMirrorImages_IsTheLogarithmOfTheMeanProbability()
    {
        var (ln3, ln4) = (MathF.Log(3), MathF.Log(4));
        var (first, second) = (MathF.Log(.525f), MathF.Log(.475f));

        AssertNear(
            [first, second, MathF.Log(.5f), MathF.Log(.5f)],
            Of([2], [0, ln3, 1, 1, ln4, 0, 1, 1], (graph, input) => OnnxVote.OfHalves(graph, input, "logits")));
    }

    [Fact]
    public void ToLogits_ProbabilityOfZero_StaysFinite() => Assert.True(
        float.IsFinite(Of([2], [1, 0], (graph, input) => OnnxVote.ToLogits(graph, input, "floor", "logits"))[1]));
}
