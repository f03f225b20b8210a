namespace ServerlessFashion.Evaluation;

/// <summary>
/// Counts of images by true label (row) and predicted label (column), and the scores that follow from them. A ratio with
/// denominator 0 (a label that is never predicted or never true) _counts as 0, as in scikit-learn with zero_division=0.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly int[][] _counts;

    private ConfusionMatrix(int[][] counts) => _counts = counts;

    /// <summary>
    /// Counts <paramref name="truth"/> against <paramref name="predicted"/>: as many entries each, labels below
    /// <paramref name="classes"/>.
    /// </summary>
    public static ConfusionMatrix Of(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted, int classes)
    {
        if (truth.Length != predicted.Length)
        {
            throw new ArgumentException($"{truth.Length} true labels, but {predicted.Length} predicted ones.", nameof(predicted));
        }

        var counts = new int[classes][];
        for (var k = 0; k < classes; k++)
        {
            counts[k] = new int[classes];
        }

        for (var i = 0; i < truth.Length; i++)
        {
            counts[truth[i]][predicted[i]]++;
        }

        return new ConfusionMatrix(counts);
    }

    public int Classes => _counts.Length;

    /// <summary>Rows are true labels.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rows => _counts;

    public int Total => _counts.Sum(row => row.Sum());

    public int Right => Enumerable.Range(0, Classes).Sum(k => _counts[k][k]);

    /// <summary>Share of images with the correct label.</summary>
    public double Accuracy => Ratio(Right, Total);

    /// <summary>Images whose true label is <paramref name="label"/>.</summary>
    public int Support(int label) => _counts[label].Sum();

    /// <summary>Images that are predicted as <paramref name="label"/>.</summary>
    public int Predicted(int label) => _counts.Sum(row => row[label]);

    /// <summary>Share of the images predicted as <paramref name="label"/> that have this label.</summary>
    public double Precision(int label) => Ratio(_counts[label][label], Predicted(label));

    /// <summary>Share of the images of <paramref name="label"/> that are predicted as such.</summary>
    public double Recall(int label) => Ratio(_counts[label][label], Support(label));

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1(int label) => Ratio(2 * _counts[label][label], Predicted(label) + Support(label));

    /// <summary>Unweighted mean of the labels' F1.</summary>
    public double MacroF1 => Classes == 0 ? 0 : Enumerable.Range(0, Classes).Average(F1);

    /// <summary>
    /// Cohen's kappa: agreement beyond the agreement expected from the margins alone; 1 is perfect, 0 is chance (Cohen 1960).
    /// </summary>
    public double Kappa => KappaWith((truth, predicted) => truth == predicted ? 0 : 1);

    /// <summary>Cohen's kappa with squared distance as disagreement, for ordinal labels (Cohen 1968).</summary>
    public double QuadraticKappa => KappaWith((truth, predicted) => (truth - predicted) * (truth - predicted));

    /// <summary>Share of the wrong predictions that are a neighbouring label; 0 if none is wrong.</summary>
    public double OffByOneShare
    {
        get
        {
            var neighbours = 0;
            for (var k = 0; k + 1 < Classes; k++)
            {
                neighbours += _counts[k][k + 1] + _counts[k + 1][k];
            }

            return Ratio(neighbours, Total - Right);
        }
    }

    private double KappaWith(Func<int, int, double> disagreement)
    {
        double observed = 0, expected = 0;
        for (var truth = 0; truth < Classes; truth++)
        {
            for (var predicted = 0; predicted < Classes; predicted++)
            {
                var weight = disagreement(truth, predicted);
                observed += weight * _counts[truth][predicted];
                expected += weight * Support(truth) * Predicted(predicted) / Math.Max(1, Total);
            }
        }

        return expected == 0 ? 0 : 1 - observed / expected;
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
