namespace ServerlessFashion.Scale;

/// <summary>The time of one model per image, in milliseconds, with one thread.</summary>
/// <param name="TrainMilliseconds">Time of one training image in one epoch, including validation and checkpoint.</param>
/// <param name="EvaluateMilliseconds">Time of one image of any set in the evaluation, including export.</param>
internal sealed record ModelTimes(double TrainMilliseconds, double EvaluateMilliseconds);

/// <summary>
/// Measured times, all of earlier builds: docs/scale.md, "Where the times come from". Training: one <c>quick</c> run of 9 min 16 s (two
/// one-thread trainings at a time on two cores of an AMD EPYC Zen 3). Evaluation and light steps: one <c>quick</c> run on two cores of
/// an AMD EPYC with other work on the same machine, from the times in Azurite's log.
/// </summary>
internal static class Measured
{
    public const double RecordStatusSeconds = .03;
    public const double PrepareDataSeconds = .8;

    /// <summary>Not measured: as long as <see cref="RecordStatusSeconds"/>, which asks storage for as much.</summary>
    public const double PlanTrainingsSeconds = RecordStatusSeconds;

    public const double CompareModelsSeconds = .2;
    public const double WriteReportSeconds = 5.1;
    public const double PromoteChampionSeconds = 1.9;

    /// <summary>From the read of the run to the first batch.</summary>
    public const double TrainingStartSeconds = 2;

    /// <summary>docs/functions-results.md, "Earlier builds".</summary>
    public const double EvaluateEnsembleSeconds = .2;

    private static readonly Dictionary<string, ModelTimes> Models = new()
    {
        // 88 s for 10 epochs of 24,000 images; evaluation 10.4 s for 38,000, of which 2 s are the start.
        ["model1"] = new ModelTimes(88e3 / (10 * 24_000), 8.4e3 / 38_000),
        // 166 s for 8 epochs of 24,000 images; evaluation 33.5 s.
        ["model3"] = new ModelTimes(166e3 / (8 * 24_000), 31.5e3 / 38_000),
        // 399 s for 4 epochs of 24,000 images; evaluation 83.6 s.
        ["model4"] = new ModelTimes(399e3 / (4 * 24_000), 81.6e3 / 38_000),
        // 238 s for 3 epochs of 4,000 images; evaluation 110.1 s for 18,000.
        ["resnet50"] = new ModelTimes(238e3 / (3 * 4000), 108.1e3 / 18_000),
    };

    /// <summary>Names of the measured models.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Models.Keys];

    /// <exception cref="InvalidInputException">The model was not measured.</exception>
    public static ModelTimes Of(string model) => Models.GetValueOrDefault(model)
        ?? throw new InvalidInputException(
            $"model: '{model}' has no measured time; choose a preset that trains only {string.Join(", ", Models.Keys)}.");
}

/// <summary>Times that nobody measured.</summary>
internal static class Estimated
{
    /// <summary>
    /// A T4 against one thread of the CPU above. A thread reaches about 40 GFLOPS (half of the 80 that a matrix product reaches on
    /// it); a quarter of a T4's 8,100 GFLOPS is 2,000.
    /// </summary>
    public const double GpuSpeedUp = 50;

    /// <summary>Some hundred kernels of a forward pass, a backward pass and Adam; each takes about ten microseconds to start.</summary>
    public const double LeastGpuSecondsOfABatch = .003;

    /// <summary>Of an epoch: validation, copying weights and moments from the GPU, writing them to storage.</summary>
    public const double CheckpointSeconds = .5;

    /// <summary>Of an evaluation: both weights files, predictions and evaluation written to storage.</summary>
    public const double ExportSeconds = 2;
}
