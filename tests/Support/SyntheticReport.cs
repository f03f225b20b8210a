using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Tests;

/// <summary>
/// A made-up but plausible run: images with the five labels' rule applied, and models that see each image's place
/// between the cuts through noise of their own plus noise that they share, so that errors are correlated and ordinal.
/// </summary>
internal static class SyntheticReport
{
    public static ReportInput Input(
        int testImages = 400, int validationImages = 300, int seeds = 1, int epochs = 8, LabelScheme labels = LabelScheme.Five,
        DatasetSplit split = DatasetSplit.Competition, int trainImages = 48_000, LabelledImages? images = null)
    {
        var test = images ?? Images(testImages, 1, labels);
        var validation = Images(validationImages, 2, labels);
        Profile[] profiles =
        [
            new(StudyModels.Model1, 346_821, 346_821, Noise: .36, Sharpness: 5.5, Overfit: 1, Seconds: 29),
            new(StudyModels.Model3, 240_901, 240_901, Noise: .27, Sharpness: 3.2, Overfit: .05, Seconds: 41),
            new(StudyModels.Model4, 3_383_589, 3_381_797, Noise: .24, Sharpness: 4.0, Overfit: .25, Seconds: 212),
            new(StudyModels.ResNet50, 24_035_333, 17_000_000, Noise: .42, Sharpness: 4.5, Overfit: .6, Seconds: 905),
        ];
        return new ReportInput(
            "20261125-101500-a1b2", new DateTimeOffset(2026, 11, 25, 10, 15, 0, TimeSpan.Zero), Define(labels, split, seeds, epochs),
            new ReportData(labels, split, trainImages, validation.Count, test.Count, new string('a', 60) + "beef"),
            new RunEnvironment("Debian GNU/Linux 12", "AMD EPYC 7R13", 2, 7.6, ".NET 10.0.1", "0.1.0", "libtorch 2.10.0"),
            [.. profiles.SelectMany((profile, m) => Enumerable.Range(1, seeds)
                .Select(seed => Evaluate(profile, m, seed, epochs, trainImages, validation, test, labels)))],
            [], test);
    }

    public static DeviceDescription T4 { get; } =
        new(DeviceChoice.Cuda, new GpuDescription("Tesla T4", "570.86.10", 14.8)) { Tf32 = false, Deterministic = true };

    private static RunDefinition Define(LabelScheme labels, DatasetSplit split, int seeds, int epochs) => new()
    {
        Configuration = Configuration(labels, split, seeds, epochs),
        Specs = ModelCatalogue.Study,
        DataSha256 = FashionMnist.PublishedSha256,
    };

    public static RunConfiguration Configuration(LabelScheme labels, DatasetSplit split, int seeds, int epochs) => new()
    {
        Preset = "quick",
        Labels = labels,
        Split = split,
        SplitSeed = 7,
        ValidationShare = .2,
        Models = [
            .. ModelCatalogue.Study.Select(spec =>
            new ModelConfiguration { Name = spec.Name, BatchSize = spec.BatchSize, Phases = [spec.Phases[0] with { Epochs = epochs }] })],
        Seeds = [.. Enumerable.Range(1, seeds)],
        SliceEpochs = 5,
        ThreadsPerTraining = 1,
        SliceTimeoutMinutes = 60,
    };

    /// <summary>
    /// Model 4 (3,379,104 kernel weights) beside both of its pruned forms, which answer as it does: 90 % by magnitude after
    /// 2 whole epochs, 2 of pruning and 1 of fine-tuning, and half the channels after 2 of 3 epochs.
    /// </summary>
    public static ReportInput Pruned(bool withDense = true)
    {
        var run = Input();
        var dense = run.Evaluations.Single(e => e.Name == "model4") with
        {
            KernelParametersLeft = 3_379_104,
            MultiplyAccumulates = 28_000_000,
            FileBytes = 13_000_000,
            TestSeconds = 4
        };
        ModelEvaluation[] evaluations =
        [
            dense,
            dense with { Name = "model4-pruned", Sparsity = .9, KernelParametersLeft = 337_911, TestSeconds = 4.4,
                Validation = dense.Validation with { Accuracy = dense.Validation.Accuracy - .004 },
                History = History(.80, .85, .84, .82, .83) },
            dense with { Name = "model4-slim", Parameters = 845_897, KernelParametersLeft = 845_008, MultiplyAccumulates = 7_000_000,
                FileBytes = 3_250_000, TestSeconds = 1.6, History = History(.81, .86, .855) },
        ];
        var (pruned, slim) = (ModelCatalogue.Get("model4-pruned"), ModelCatalogue.Get("model4-slim"));
        return run with
        {
            Evaluations = [.. evaluations.Skip(withDense ? 0 : 1)],
            Definition = run.Definition with
            {
                Configuration = run.Configuration with
                {
                    Models = [Configure(StudyModels.Model4, 8), Configure(pruned, 2, 2, 1), Configure(slim, 2, 1)],
                },
                Specs = [StudyModels.Model4, pruned, slim],
            },
        };

        static ModelConfiguration Configure(ModelSpec spec, params int[] epochs) =>
            new()
            {
                Name = spec.Name,
                BatchSize = 128,
                Phases = [.. spec.Phases.Zip(epochs, (phase, count) => phase with { Epochs = count })]
            };

        static EpochRow[] History(params double[] validation) =>
            [.. validation.Select((accuracy, i) => new EpochRow(i + 1, "phase", .5, .8, .6, accuracy, 1e-3, 2))];
    }

    /// <summary>Silhouettes whose grey level is chosen so that every label occurs.</summary>
    public static LabelledImages Images(int count, ulong seed, LabelScheme labels)
    {
        var random = new SplitMix64(seed);
        var images = new LabelledImages(
            new byte[count * FashionMnist.PixelsPerImage], new byte[count], new byte[count], [.. Enumerable.Range(0, count)]);
        for (var i = 0; i < count; i++)
        {
            var garment = (byte)random.Next(10);
            var target = random.Next(125_000) - FiveLabelRule.Offsets[garment];
            var (width, height) = (10 + garment % 5 * 3, 26 - garment / 2 * 2);
            var grey = Math.Clamp(target / (width * height), 4, 225);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    images.Pixels[i * FashionMnist.PixelsPerImage + (y + (28 - height) / 2) * 28 + x + (28 - width) / 2] =
                        (byte)(grey + random.Next(30));
                }
            }

            images.Garments[i] = garment;
            images.Labels[i] = labels == LabelScheme.Garments
                ? garment
                : FiveLabelRule.Label(FiveLabelRule.Brightness(images.Image(i)), garment);
        }

        return images;
    }

    private static ModelEvaluation Evaluate(
        Profile profile, int model, int seed, int epochs, int trainImages, LabelledImages validation, LabelledImages test,
        LabelScheme labels)
    {
        var validationScores = Score(profile, validation, (ulong)(100 * model + seed), labels);
        var testScores = Score(profile, test, (ulong)(100 * model + seed + 50), labels);
        var validationScore = Measure(validationScores);
        var history = History(profile, epochs, (ulong)(1000 * model + seed), validationScore.Accuracy);
        var best = history.MaxBy(row => row.ValidationAccuracy)!.Epoch;
        return new ModelEvaluation
        {
            Name = profile.Spec.Name,
            Seed = seed,
            Parameters = profile.Parameters,
            TrainableParameters = profile.Trainable,
            Epochs = epochs,
            BatchSize = profile.Spec.BatchSize,
            TrainImages = trainImages,
            TrainSeconds = profile.Seconds,
            TestSeconds = profile.Seconds / 40,
            BestEpoch = best,
            SideInformation = false,
            Weights = profile.Spec.Name == "resnet50" ? "random (ImageNet weights unavailable: no file and no network)" : "Glorot uniform",
            Threads = 1,
            PeakMemoryBytes = 900L << 20,
            Train = new SetScore(
                Math.Min(.995, validationScore.Accuracy + .004 + .06 * profile.Overfit), validationScore.Loss * (1 - .5 * profile.Overfit)),
            Validation = validationScore,
            Test = Measure(testScores),
            History = history,
            ValidationScores = validationScores,
            TestScores = testScores,
        };
    }

    private static ScoredSet Score(Profile profile, LabelledImages images, ulong seed, LabelScheme labels)
    {
        var classes = ClassLabels.Of(labels).Count;
        var (own, shared) = (new SplitMix64(seed), new SplitMix64(4711));
        var logits = new float[images.Count * classes];
        for (var i = 0; i < images.Count; i++)
        {
            var place = Place(images, i, labels) + profile.Noise * Normal(own) + .12 * Normal(shared);
            for (var k = 0; k < classes; k++)
            {
                logits[i * classes + k] = (float)(-profile.Sharpness * (place - k) * (place - k));
            }
        }

        return new ScoredSet(images.Ids, images.Labels, logits);
    }

    /// <summary>The label, moved within its half by where the image lies between the neighbouring cuts.</summary>
    private static double Place(LabelledImages images, int i, LabelScheme labels)
    {
        if (labels == LabelScheme.Garments)
        {
            return images.Labels[i];
        }

        double[] edges = [0, .. FiveLabelRule.Cuts, 130_000];
        var position = FiveLabelRule.Brightness(images.Image(i)) + FiveLabelRule.Offsets[images.Garments[i]];
        var label = images.Labels[i];
        return label - .5 + Math.Clamp((position - edges[label]) / (edges[label + 1] - edges[label]), 0, 1);
    }

    private static EpochRow[] History(Profile profile, int epochs, ulong seed, double end)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(1, epochs).Select(epoch =>
        {
            var rise = 1 - Math.Exp(-epoch / (.12 * epochs + 1));
            var over = profile.Overfit * epoch / epochs;
            return new EpochRow(
                epoch, "all", 1.2 * (1 - rise) + .32 - .2 * over, .45 + (end - .44) * rise + .05 * over,
                1.1 * (1 - rise) + .33 + .14 * over * over + .012 * Normal(random), .42 + (end - .42) * rise + .006 * Normal(random),
                1e-3, profile.Seconds / epochs);
        })];
    }

    private static SetScore Measure(ScoredSet scores)
    {
        var probabilities = ClassProbabilities.Softmax(scores);
        var right = ClassProbabilities.Labels(scores).Zip(scores.Labels).Count(pair => pair.First == pair.Second);
        return new SetScore((double)right / scores.Count, Calibration.Measure(probabilities, scores.Labels).NegativeLogLikelihood);
    }

    private static double Normal(SplitMix64 random)
    {
        var (u, v) = ((random.Next(1 << 30) + 1.0) / (1 << 30), random.Next(1 << 30) / (double)(1 << 30));
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    private sealed record Profile(
        ModelSpec Spec, long Parameters, long Trainable, double Noise, double Sharpness, double Overfit, double Seconds);
}
