namespace ServerlessFashion.Evaluation;

/// <summary>The calibration of a classifier: how well its probabilities match its accuracy.</summary>
/// <param name="Ece">
/// Expected calibration error: mean over images of |accuracy - confidence| of the image's bin (Guo et al. 2017).
/// </param>
/// <param name="NegativeLogLikelihood">Mean -log of the probability given to the true label, in nats.</param>
/// <param name="Brier">
/// Mean over images of the squared distance between the probabilities and the true label's unit vector: 0..2 (Brier 1950).
/// </param>
/// <param name="Bins">The reliability diagram: bins of equal width over 0..1, empty ones included.</param>
public sealed record Calibration(double Ece, double NegativeLogLikelihood, double Brier, IReadOnlyList<ReliabilityBin> Bins)
{
    public const int BinCount = 15;

    /// <summary>
    /// Measures <paramref name="probabilities"/> (Count x classes, image after image) against the true labels. The bins exclude
    /// images without a finite confidence.
    /// </summary>
    public static Calibration Measure(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        var classes = labels.Length == 0 ? 0 : probabilities.Length / labels.Length;
        var counts = new int[BinCount];
        var rights = new int[BinCount];
        var confidences = new double[BinCount];
        double logLikelihood = 0, squares = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.Slice(i * classes, classes);
            logLikelihood += Math.Log(Math.Max(row[labels[i]], double.Epsilon));
            squares += SquaredDistance(row, labels[i]);
            var predicted = ArgMax.Of(row);
            if (!double.IsFinite(row[predicted]))
            {
                continue;
            }

            var bin = Math.Clamp((int)Math.Ceiling(row[predicted] * BinCount) - 1, 0, BinCount - 1);
            counts[bin]++;
            confidences[bin] += row[predicted];
            rights[bin] += predicted == labels[i] ? 1 : 0;
        }

        var bins = Enumerable.Range(0, BinCount).Select(b => new ReliabilityBin(
            (double)b / BinCount, (double)(b + 1) / BinCount, counts[b],
            counts[b] == 0 ? 0 : confidences[b] / counts[b], counts[b] == 0 ? 0 : (double)rights[b] / counts[b])).ToArray();
        var images = Math.Max(1, labels.Length);
        return new Calibration(
            bins.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / images, -logLikelihood / images, squares / images, bins);
    }

    private static double SquaredDistance(ReadOnlySpan<double> row, int truth)
    {
        var sum = 0.0;
        for (var k = 0; k < row.Length; k++)
        {
            var difference = row[k] - (k == truth ? 1 : 0);
            sum += difference * difference;
        }

        return sum;
    }
}

/// <param name="From">Lower edge of the confidences in this bin, excluded.</param>
/// <param name="To">Upper edge, included.</param>
/// <param name="Count">Images.</param>
/// <param name="Confidence">Mean probability of the predicted label; 0 when empty.</param>
/// <param name="Accuracy">Share of correct labels; 0 when empty.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
