using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

/// <summary>
/// Three models and eight test images, small enough to work every figure by hand. True labels: 0 0 1 1 2 2 3 4. Model 1 is wrong on
/// the last two images, Model 3 on the first three and the last, Model 4 on the last.
/// </summary>
internal static class HandmadeRun
{
    private static readonly byte[] Truth = [0, 0, 1, 1, 2, 2, 3, 4];

    private static readonly int[] Ids = [10, 11, 12, 13, 14, 15, 16, 17];

    public static ModelEvaluation Model1 { get; } = Evaluation("model1", [0, 0, 1, 1, 2, 2, 4, 0], validationAccuracy: .80);

    public static ModelEvaluation Model3 { get; } = Evaluation("model3", [1, 1, 0, 1, 2, 2, 3, 0], validationAccuracy: .60);

    public static ModelEvaluation Model4 { get; } = Evaluation("model4", [0, 0, 1, 1, 2, 2, 3, 3], validationAccuracy: .90);

    public static ReportInput Input(params ModelEvaluation[] evaluations)
    {
        var run = SyntheticReport.Input(testImages: 10, validationImages: 10);
        return run with
        {
            RunId = "run-1",
            Evaluations = evaluations.Length > 0 ? evaluations : [Model1, Model3, Model4],
            Data = run.Data with { Test = Truth.Length },
            TestImages = new LabelledImages(new byte[Truth.Length * FashionMnist.PixelsPerImage], Truth, new byte[Truth.Length], Ids),
        };
    }

    /// <summary>The same run of other labels.</summary>
    public static ReportInput Of(this ReportInput input, LabelScheme labels) => input with
    {
        Data = input.Data with { Labels = labels },
        Definition = input.Definition with { Configuration = input.Configuration with { Labels = labels } },
    };

    public static ReportView View(params ModelEvaluation[] evaluations)
    {
        var input = Input(evaluations);
        return new ReportView(ReportBuilder.Build(input), input);
    }

    public static ModelEvaluation Evaluation(string name, byte[] predicted, double validationAccuracy, int seed = 1) => new()
    {
        Name = name,
        Seed = seed,
        Parameters = 1_000,
        TrainableParameters = 900,
        Epochs = 2,
        BatchSize = 4,
        TrainImages = 48_000,
        TrainSeconds = 96,
        TestSeconds = .004,
        BestEpoch = 2,
        SideInformation = false,
        Weights = "Glorot uniform",
        Threads = 1,
        PeakMemoryBytes = 100L << 20,
        Train = new SetScore(.95, .2),
        Validation = new SetScore(validationAccuracy, .3),
        Test = new SetScore(predicted.Zip(Truth).Count(pair => pair.First == pair.Second) / (double)Truth.Length, .5),
        History = [new(1, "head", .6, .7, .5, .72, 1e-3, 40), new(2, "all", .4, .8, .45, .78, 1e-4, 56)],
        ValidationScores = Scores(Truth),
        TestScores = Scores(predicted),
    };

    /// <summary>The predicted label has the logit 5, the others 0.</summary>
    private static ScoredSet Scores(byte[] predicted) =>
        new(Ids, Truth, [.. predicted.SelectMany(label => Enumerable.Range(0, 5).Select(k => k == label ? 5f : 0f))]);
}
