namespace ServerlessFashion.Evaluation;

/// <summary>
/// Divides all logits by one number T that maximises the likelihood of held-out images (Guo et al. 2017, "On Calibration of Modern
/// Neural Networks"). It changes confidence, never the predicted label.
/// </summary>
public static class TemperatureScaling
{
    public const double Lowest = 0.05;
    public const double Highest = 20;
    private const int Halvings = 40;

    /// <summary>Relative distance to a limit below which a temperature counts as the limit; the search ends far closer.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>
    /// True if <paramref name="temperature"/> is a limit of the search, so that the likelihood may still grow beyond it.
    /// </summary>
    public static bool IsAtLimit(double temperature) =>
        temperature <= Lowest * (1 + Tolerance) || temperature >= Highest * (1 - Tolerance);

    /// <summary>
    /// Finds the temperature between 0.05 and 20 with the smallest mean negative log-likelihood. The likelihood is convex in 1/T,
    /// so the sign of its slope shows the side of the minimum. The temperature is 1 if a logit is not finite or there are no
    /// logits.
    /// </summary>
    public static double Fit(ScoredSet scores)
    {
        if (scores.Count == 0 || !scores.Logits.All(float.IsFinite))
        {
            return 1;
        }

        var (low, high) = (1 / Highest, 1 / Lowest);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Slope(scores, middle) > 0 ? (low, middle) : (middle, high);
        }

        return 1 / Math.Sqrt(low * high);
    }

    /// <summary>Derivative of the summed negative log-likelihood by 1/T: expected minus true logit.</summary>
    private static double Slope(ScoredSet scores, double inverse)
    {
        var slope = 0.0;
        for (var i = 0; i < scores.Count; i++)
        {
            var row = scores.Row(i);
            var largest = float.NegativeInfinity;
            foreach (var logit in row)
            {
                largest = Math.Max(largest, logit);
            }

            double sum = 0, weighted = 0;
            foreach (var logit in row)
            {
                var weight = Math.Exp(inverse * (logit - largest));
                sum += weight;
                weighted += weight * logit;
            }

            slope += weighted / sum - row[scores.Labels[i]];
        }

        return slope;
    }
}
