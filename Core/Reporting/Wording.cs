using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>Formats numbers in the report, independently of the culture.</summary>
public static class Wording
{
    public const string Missing = "n/a";

    /// <summary>What tells the trainings of a model apart.</summary>
    internal const string Seed = "seed";

    /// <summary>What class weights do, see <see cref="ClassWeights"/>.</summary>
    internal const string BalancedClasses =
        "balanced in the training loss: images / (classes x images of the class); validation and test are measured without weights";

    /// <summary>What tells the trainings of a model apart: in a cross-validation, the training with seed k is that of fold k.</summary>
    internal static string MemberOf(RunConfiguration run) => run.Folds is null ? Seed : "fold";

    /// <summary>A share with four decimals, as the study prints accuracies: 0.9028. Also a loss, see <see cref="LossText"/>.</summary>
    public static string Share(double value) => double.IsFinite(value) ? LossText.Of(value) : Missing;

    /// <summary>A share as percent with one decimal.</summary>
    public static string Percent(double value) => double.IsFinite(value) ? $"{Number(100 * value, "0.0")} %" : Missing;

    /// <summary>A difference of shares in signed percentage points.</summary>
    public static string Points(double difference) => Number(100 * difference, "+0.0;−0.0;0.0");

    /// <summary>An interval of differences of shares in signed percentage points: "−3.5 to +2.1".</summary>
    public static string Points(Interval interval) => $"{Points(interval.Low)} to {Points(interval.High)}";

    public static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : Missing;

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 image" or "45 images".</summary>
    public static string Images(long count) => $"{Count(count)} {(count == 1 ? "image" : "images")}";

    /// <summary>Which images are the test images, in words.</summary>
    public static string Split(DatasetSplit split, ClassLabels? labels = null) => split switch
    {
        DatasetSplit.Competition => "competition",
        DatasetSplit.HeldOut => "a stratified share, held out by seed",
        _ => labels is null or { AreOfFashionMnist: true } ? "original" : "the test part of the data set",
    };

    /// <summary>The text with a capital first letter.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Classes as a list at the beginning of a sentence.</summary>
    public static string Classes(ClassLabels labels, IEnumerable<int> classes) =>
        List([.. classes.Select((label, position) => (position == 0 ? labels.Headings : labels.Titles)[label])]);

    /// <summary>"&lt; 0.0001" or the value with two significant digits.</summary>
    public static string PValue(double value) =>
        !double.IsFinite(value) ? Missing
        : value < 0.0001 ? "< 0.0001"
        : value < 0.001 ? Number(value, "0.00000")
        : Number(value, "0.000");

    /// <summary>"p &lt; 0.0001" or "p = 0.0123".</summary>
    public static string P(double value) => value < 0.0001 ? "p < 0.0001" : $"p = {PValue(value)}";

    /// <summary>"3 min 40 s", as the study writes times.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return Missing;
        }

        if (seconds < 10)
        {
            return $"{Number(seconds, seconds < 1 ? "0.00" : "0.0")} s";
        }

        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours >= 1 ? whole.Minutes == 0 ? $"{(int)whole.TotalHours} h" : $"{(int)whole.TotalHours} h {whole.Minutes} min"
            : whole.TotalMinutes >= 1 ? whole.Seconds == 0 ? $"{whole.Minutes} min" : $"{whole.Minutes} min {whole.Seconds} s"
            : $"{whole.Seconds} s";
    }

    /// <summary>"stopped early at epoch 7 of 20".</summary>
    public static string StoppedEarly(int epochs, int planned) => $"stopped early at epoch {Count(epochs)} of {Count(planned)}";

    /// <summary>A diagnosis in two or three words.</summary>
    public static string Diagnosis(Fit fit) => fit switch
    {
        Fit.Failed => "training failed",
        Fit.TooShortToTell => "too short to tell",
        Fit.OverfitsClearly => "overfits clearly",
        Fit.OverfitsMildly => "overfits mildly",
        Fit.StillImproving => "still learning",
        Fit.BatchNormLags => "BatchNorm statistics lag",
        Fit.NoEvidence => "no evidence either way",
        _ => "fits well",
    };

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";
}
