using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>
/// Results of the course study (Univ. of Waterloo, ECE 657A, winter 2020, assignment 3 part 2) on the five labels, as printed in
/// its report.
/// </summary>
internal static class PublishedStudy
{
    /// <summary>Training images of the study. Its validation set had 12,000 images.</summary>
    public const int TrainImages = 48_000;

    /// <summary>Test images of the study.</summary>
    public const int TestImages = 10_000;

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["model1"] = "Model 1",
        ["model3"] = "Model 3",
        ["model4"] = "Model 4",
        ["resnet50"] = "ResNet50",
    };

    public static IReadOnlyList<PublishedResult> Results { get; } =
    [
        new("model1", "1 min 29 s", 34, .9449, .8834, .8412, .1417, .3379, null) { Seconds = 89 },
        new("model3", "1 min 48 s", 44, .9027, .8984, .8892, .2384, .2558, null) { Seconds = 108 },
        new("model4", "3 min 40 s", 149, .9246, .9061, .9028, .1894, .2466,
            "The study's prose gives 0.9064 as its best Kaggle score, its table 0.9028.") { Seconds = 220 },
        new("resnet50", "64 min 3 s", 203, .8658, .8342, .8342, .3266, .4189,
            "The study's table gives a validation accuracy of 0.8571, its text 0.8342.") { Seconds = 3843 },
    ];

    /// <summary>Per label for Model 4 on held-out training images.</summary>
    public static IReadOnlyList<ClassScore> Model4PerClass { get; } =
    [
        new(0, .92, .99, .95, 1568),
        new(1, .83, .89, .86, 1446),
        new(2, .85, .83, .84, 1572),
        new(3, .90, .84, .87, 1567),
        new(4, .96, .91, .94, 1497),
    ];

    /// <summary>The result with the highest test accuracy.</summary>
    public static PublishedResult Best => Results.MaxBy(result => result.TestAccuracy)!;

    /// <summary>
    /// Newcombe's 95 % interval of a test accuracy over <paramref name="images"/> images minus that of <see cref="Best"/>.
    /// </summary>
    public static Interval DifferenceFromBest(double accuracy, int images) =>
        Interval.Difference(accuracy, images, Best.TestAccuracy, TestImages);

    /// <summary>The study's name of a model.</summary>
    public static string TitleOf(PublishedResult result) => Titles[result.Name];

    /// <summary>The published row of a model; null if the study did not have the model.</summary>
    public static PublishedResult? Of(string model) => Results.FirstOrDefault(result => result.Name == model);
}
