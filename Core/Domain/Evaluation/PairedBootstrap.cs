using ServerlessFashion.Data;

namespace ServerlessFashion.Evaluation;

/// <summary>
/// Percentile bootstrap of accuracy differences (Efron and Tibshirani 1993): it draws the test images with replacement, and uses
/// the same draw for all models, so images that are hard for several models stay paired. The same seed always gives the same
/// intervals (<see cref="SplitMix64"/>).
/// </summary>
public sealed class PairedBootstrap
{
    public const int DefaultResamples = 2000;

    private readonly double[][] _accuracies;

    private PairedBootstrap(double[][] accuracies) => _accuracies = accuracies;

    /// <param name="right">One row per model with the correctness of each image. Rows have equal length; at most 32 rows.</param>
    public static PairedBootstrap Run(IReadOnlyList<bool[]> right, ulong seed, int resamples = DefaultResamples)
    {
        var images = right.Count == 0 ? 0 : right[0].Length;
        var (patternOfImage, patterns) = Patterns(right, images);
        var accuracies = right.Select(_ => new double[resamples]).ToArray();
        var random = new SplitMix64(seed);
        for (var resample = 0; resample < resamples; resample++)
        {
            var drawn = new int[patterns.Count];
            for (var draw = 0; draw < images; draw++)
            {
                drawn[patternOfImage[random.Next(images)]]++;
            }

            for (var model = 0; model < right.Count; model++)
            {
                var hits = 0;
                for (var p = 0; p < drawn.Length; p++)
                {
                    hits += (patterns[p] >> model & 1) == 1 ? drawn[p] : 0;
                }

                accuracies[model][resample] = images == 0 ? 0 : (double)hits / images;
            }
        }

        return new PairedBootstrap(accuracies);
    }

    /// <summary>The 95 % interval of accuracy(first) - accuracy(second); quantiles by linear interpolation, as in NumPy.</summary>
    public Interval Difference(int first, int second)
    {
        var differences = _accuracies[first].Zip(_accuracies[second], (a, b) => a - b).Order().ToArray();
        return new Interval(Quantile.Interpolated(differences, 0.025), Quantile.Interpolated(differences, 0.975));
    }

    /// <summary>
    /// Only the set of models that are correct on an image matters, so images are counted by that pattern, with one bit per model.
    /// </summary>
    private static (int[] OfImage, List<uint> Patterns) Patterns(IReadOnlyList<bool[]> right, int images)
    {
        if (right.Count > 32)
        {
            throw new ArgumentException($"At most 32 models can be compared; there are {right.Count}.", nameof(right));
        }

        var known = new Dictionary<uint, int>();
        var patterns = new List<uint>();
        var ofImage = new int[images];
        for (var i = 0; i < images; i++)
        {
            uint pattern = 0;
            for (var model = 0; model < right.Count; model++)
            {
                pattern |= right[model][i] ? 1u << model : 0;
            }

            if (!known.TryGetValue(pattern, out ofImage[i]))
            {
                ofImage[i] = known[pattern] = patterns.Count;
                patterns.Add(pattern);
            }
        }

        return (ofImage, patterns);
    }
}
