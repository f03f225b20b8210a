using ServerlessFashion.Models;
using static ServerlessFashion.Export.Tests.GraphRun;

namespace ServerlessFashion.Export.Tests;

public class BrightnessGraphTests
{
    /// <summary>
    /// By hand: the gates are (3/4, 1/4) for the offsets 0 and 1, the cuts 1..4, the scale 1 and the brightness 2.5 units of
    /// 10,000; P(y) = .99 sum_k pi_k [F(T_y - 2.5 - beta_k) - F(T_{y-1} - 2.5 - beta_k)] + .002, written here as the plain difference.
    /// </summary>
    [Fact]
    public void LatentOffsets_TwoComponents_GivesTheFormulaOfTheModel()
    {
        var weights = new Dictionary<string, WeightTensor>
        {
            ["head.offsets"] = new([2], [0, 1]),
            ["head.cuts"] = new([4], [1, 2, 3, 4]),
            ["head.log_scale"] = new([1], [0]),
        };

        var found = Of([1, 28, 28], Image(25_000), weights: weights, build: (graph, images) => BrightnessGraph.LatentOffsets(
            graph, "head", Gates(graph, images, MathF.Log(3), 0), images, "output"));

        double[] cuts = [double.NegativeInfinity, 1, 2, 3, 4, double.PositiveInfinity];
        double Share(int label, double offset) => Logistic(cuts[label + 1] - 2.5 - offset) - Logistic(cuts[label] - 2.5 - offset);
        AssertNear(
            [.. Enumerable.Range(0, 5).Select(y => (float)Math.Log((.99 * ((.75 * Share(y, 0)) + (.25 * Share(y, 1)))) + .002))], found,
            1e-4f);
    }

    /// <summary>
    /// By hand: T-shirt/top has the offset 28822, Dress 0; the cuts are 34506, 60652, 80358, 101960. At the brightness 34506, which
    /// is not above the first cut, a dress has label 0, and a T-shirt with 63328 label 2. Even gates give each half of .999.
    /// </summary>
    [Fact]
    public void GarmentRule_TwoEquallyLikelyGarments_SharesTheirLabels()
    {
        var likely = Enumerable.Range(0, 10).Select(garment => garment is 0 or 3 ? 50f : 0).ToArray();

        var found = Of([1, 28, 28], Image(34_506), (graph, images) => BrightnessGraph.GarmentRule(
            graph, "rule", Gates(graph, images, likely), images, "output"));

        AssertNear(
            [MathF.Log(.4997f), MathF.Log(.0002f), MathF.Log(.4997f), MathF.Log(.0002f), MathF.Log(.0002f)], found, 1e-3f);
    }

    /// <summary>The same logits for every image, as a node that depends on the batch.</summary>
    private static OnnxValue Gates(OnnxGraph graph, OnnxValue images, params float[] logits)
    {
        var zero = graph.Multiply(graph.ReduceSum(images, "any", 2, 3), 0, "zero");
        var constant = graph.Constant("logits", logits, logits.Length);
        return graph.Node("Add", [zero.Name, constant.Name], "gates", [logits.Length]);
    }

    /// <summary>One image with this sum of grey values, as shares of 255.</summary>
    private static float[] Image(int brightness)
    {
        var greys = new float[784];
        for (var i = 0; brightness > 0; i++)
        {
            greys[i] = Math.Min(255, brightness) / 255f;
            brightness -= Math.Min(255, brightness);
        }

        return greys;
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
