using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;

namespace ServerlessFashion.Reporting;

/// <summary>Computes what a report says about one trained model.</summary>
internal static class ModelReportBuilder
{
    private const int MistakesShown = 12;
    private const int CutDistanceGroups = 10;

    public static ModelReport Build(ModelEvaluation evaluation, ReportInput input)
    {
        var labels = input.Definition.Labels;
        var scores = evaluation.TestScores;
        var predicted = ClassProbabilities.Labels(scores);
        var confusion = ConfusionMatrix.Of(scores.Labels, predicted, Math.Max(scores.Classes, labels.Count));
        var perClass = Enumerable.Range(0, confusion.Classes).Select(label => Score(confusion, label)).ToArray();
        var spec = input.Definition.Specs.FirstOrDefault(spec => spec.Name == evaluation.Name);
        var diagnosis = FitDiagnosis.Of(evaluation, spec is not null && ModelPlan.Of(spec, labels).HasMovingStatistics);
        return new ModelReport
        {
            Name = evaluation.Name,
            Title = input.Definition.TitleOf(evaluation.Name),
            Seed = evaluation.Seed,
            Parameters = evaluation.Parameters,
            TrainableParameters = evaluation.TrainableParameters,
            Sparsity = evaluation.Sparsity,
            KernelParametersLeft = evaluation.KernelParametersLeft,
            MultiplyAccumulates = evaluation.MultiplyAccumulates,
            FileBytes = evaluation.FileBytes,
            Epochs = evaluation.Epochs,
            PlannedEpochs = evaluation.PlannedEpochs,
            BatchSize = evaluation.BatchSize,
            TrainImages = evaluation.TrainImages,
            TrainSeconds = evaluation.TrainSeconds,
            SecondsPerEpoch = evaluation.TrainSeconds / Math.Max(1, evaluation.Epochs),
            TestSeconds = evaluation.TestSeconds,
            TestMicrosecondsPerSample = 1e6 * evaluation.TestSeconds / Math.Max(1, scores.Count),
            BestEpoch = evaluation.BestEpoch,
            SideInformation = evaluation.SideInformation,
            Weights = evaluation.Weights,
            Members = evaluation.Members,
            Threads = evaluation.Threads,
            Device = evaluation.Device,
            PeakMemoryBytes = evaluation.PeakMemoryBytes,
            Train = evaluation.Train,
            Validation = evaluation.Validation,
            Test = new TestScore(confusion.Accuracy, evaluation.Test.Loss, confusion.MacroF1)
            {
                AccuracyInterval = Interval.Wilson(confusion.Right, confusion.Total),
                Kappa = confusion.Kappa,
                QuadraticKappa = labels.AreOrdered ? confusion.QuadraticKappa : null,
                OffByOneShare = labels.AreOrdered ? confusion.OffByOneShare : null,
            },
            PerClass = perClass,
            Confusion = confusion.Rows,
            History = evaluation.History,
            Diagnosis = diagnosis.Text,
            Fit = diagnosis.Fit,
            Gap = diagnosis.Measures.Gap,
            GapInterval = diagnosis.Measures.GapInterval,
            Statements = ClassStatements.Of(perClass, labels),
            Calibration = Calibrate(evaluation),
            Mistakes = Mistakes(scores, predicted),
            CutDistance = labels.FollowBrightness ? ByCutDistance(scores, predicted, input.TestImages) : null,
        };
    }

    private static ClassScore Score(ConfusionMatrix confusion, int label)
    {
        var right = confusion.Rows[label][label];
        return new ClassScore(label, confusion.Precision(label), confusion.Recall(label), confusion.F1(label), confusion.Support(label))
        {
            Predicted = confusion.Predicted(label),
            PrecisionInterval = Interval.Wilson(right, confusion.Predicted(label)),
            RecallInterval = Interval.Wilson(right, confusion.Support(label)),
        };
    }

    private static CalibrationReport Calibrate(ModelEvaluation evaluation)
    {
        var temperature = TemperatureScaling.Fit(evaluation.ValidationScores);
        var test = evaluation.TestScores;
        return new CalibrationReport(
            temperature,
            Calibration.Measure(ClassProbabilities.Softmax(test), test.Labels),
            Calibration.Measure(ClassProbabilities.Softmax(test, temperature), test.Labels))
        {
            TemperatureAtLimit = TemperatureScaling.IsAtLimit(temperature),
        };
    }

    private static Mistake[] Mistakes(ScoredSet scores, byte[] predicted)
    {
        var probabilities = ClassProbabilities.Softmax(scores);
        return [.. Enumerable.Range(0, scores.Count)
            .Where(i => predicted[i] != scores.Labels[i])
            .Select(i => new Mistake(scores.Ids[i], scores.Labels[i], predicted[i], probabilities[i * scores.Classes + predicted[i]]))
            .OrderByDescending(mistake => mistake.Confidence).ThenBy(mistake => mistake.Id)
            .Take(MistakesShown)];
    }

    /// <summary>Matches images by id, and omits those without a picture.</summary>
    private static CutDistanceGroup[] ByCutDistance(ScoredSet scores, byte[] predicted, LabelledImages images)
    {
        var rows = ImageRows.Of(images);
        var sorted = Enumerable.Range(0, scores.Count)
            .Where(i => rows.ContainsKey(scores.Ids[i]))
            .Select(i => (Distance: ImageRows.CutDistance(images, rows[scores.Ids[i]]), Wrong: predicted[i] != scores.Labels[i]))
            .OrderBy(image => image.Distance).ToArray();
        var groups = Math.Min(CutDistanceGroups, sorted.Length);
        return [.. Enumerable.Range(0, groups).Select(g =>
        {
            var group = sorted[(g * sorted.Length / groups)..((g + 1) * sorted.Length / groups)];
            var errors = group.Count(image => image.Wrong);
            return new CutDistanceGroup(
                group[0].Distance, group[^1].Distance, group.Length, errors, (double)errors / group.Length,
                Interval.Wilson(errors, group.Length));
        })];
    }
}
