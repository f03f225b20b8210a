namespace ServerlessFashion.Evaluation;

/// <summary>Converts raw network outputs to labels and probabilities.</summary>
public static class ClassProbabilities
{
    /// <summary>The label with the highest logit of each image; the lowest label among equal logits. A NaN logit never wins.</summary>
    public static byte[] Labels(ScoredSet scores)
    {
        var labels = new byte[scores.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)ArgMax.Of(scores.Row(i));
        }

        return labels;
    }

    /// <summary>
    /// softmax(logits / <paramref name="temperature"/>) of every image: Count x classes, image after image. A row with an infinite
    /// or NaN logit gives NaN probabilities.
    /// </summary>
    public static double[] Softmax(ScoredSet scores, double temperature = 1)
    {
        var probabilities = new double[scores.Logits.Length];
        for (var i = 0; i < scores.Count; i++)
        {
            Softmax(scores.Row(i), temperature, probabilities.AsSpan(i * scores.Classes, scores.Classes));
        }

        return probabilities;
    }

    private static void Softmax(ReadOnlySpan<float> logits, double temperature, Span<double> probabilities)
    {
        var largest = logits[ArgMax.Of(logits)] / temperature;
        var sum = 0.0;
        for (var k = 0; k < logits.Length; k++)
        {
            probabilities[k] = Math.Exp(logits[k] / temperature - largest);
            sum += probabilities[k];
        }

        for (var k = 0; k < logits.Length; k++)
        {
            probabilities[k] /= sum;
        }
    }
}
