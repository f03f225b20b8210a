using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Export;

/// <summary>The mean of several predictions with equal weights, as logits: the logarithm of the mean probability, kept finite.</summary>
internal static class OnnxVote
{
    /// <summary>Logits of the mean over the two halves of the batch: an image and its mirror image.</summary>
    public static OnnxValue OfHalves(OnnxGraph graph, OnnxValue logits, string output)
    {
        var pairs = graph.SplitBatch(graph.Softmax(logits, "mirror.probabilities"), "mirror.pairs", parts: 2);
        return ToLogits(graph, graph.MeanOverFirstAxis(pairs, "mirror.mean"), "mirror.floor", output);
    }

    public static OnnxValue ToLogits(OnnxGraph graph, OnnxValue probabilities, string floor, string output) =>
        graph.Log(graph.Maximum(probabilities, (float)SoftVote.Floor, floor), output);
}
