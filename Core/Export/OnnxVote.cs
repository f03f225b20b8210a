using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Export;

/// <summary>The mean of several predictions with equal weights, as logits: the logarithm of the mean probability, kept finite.</summary>
internal static class OnnxVote
{
    /// <summary>Logits of the mean over the two halves of the batch: an image and its mirror image.</summary>
    public static OnnxValue OfHalves(OnnxGraph graph, OnnxValue logits, string output) =>
        ToLogits(graph, MeanOfHalves(graph, logits, "mirror", "mirror.mean"), "mirror.floor", output);

    /// <summary>Mean of the probabilities over the two halves of the batch.</summary>
    /// <param name="name">Stands in front of the names of the nodes.</param>
    public static OnnxValue MeanOfHalves(OnnxGraph graph, OnnxValue logits, string name, string output)
    {
        var pairs = graph.SplitBatch(graph.Softmax(logits, $"{name}.probabilities"), $"{name}.pairs", parts: 2);
        return graph.MeanOverFirstAxis(pairs, output);
    }

    public static OnnxValue ToLogits(OnnxGraph graph, OnnxValue probabilities, string floor, string output) =>
        graph.Log(graph.Maximum(probabilities, (float)SoftVote.Floor, floor), output);
}
