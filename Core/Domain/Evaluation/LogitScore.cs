namespace ServerlessFashion.Evaluation;

/// <summary>Accuracy and mean cross-entropy from logits, in double precision and in the order of the images.</summary>
public static class LogitScore
{
    /// <param name="logits">Count x classes, image after image.</param>
    /// <param name="labels">True label of each image.</param>
    public static SetScore Of(ReadOnlySpan<float> logits, ReadOnlySpan<byte> labels)
    {
        var classes = logits.Length / labels.Length;
        var right = 0;
        var loss = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = logits.Slice(i * classes, classes);
            var best = ArgMax.Of(row);
            right += best == labels[i] ? 1 : 0;
            loss += CrossEntropy(row, row[best], labels[i]);
        }

        return new SetScore((double)right / labels.Length, loss / labels.Length);
    }

    /// <summary>log(sum exp z) - z[label], with the largest logit subtracted to avoid overflow.</summary>
    private static double CrossEntropy(ReadOnlySpan<float> row, float largest, byte label)
    {
        var sum = 0.0;
        foreach (var logit in row)
        {
            sum += Math.Exp((double)logit - largest);
        }

        return Math.Log(sum) + largest - row[label];
    }
}
