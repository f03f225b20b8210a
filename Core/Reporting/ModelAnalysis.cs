using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>
/// One trained model of a report, with everything that the report takes from its scores. A score takes 4 bytes for each class of an image,
/// so a run with many models and seeds keeps analyses in memory and not scores.
/// </summary>
public sealed record ModelAnalysis
{
    private ModelAnalysis(ModelEvaluation evaluation, ModelReport report, TestAnswers answers)
    {
        Evaluation = evaluation;
        Report = report;
        Answers = answers;
    }

    /// <summary>The evaluation without its scores.</summary>
    internal ModelEvaluation Evaluation { get; init; }

    internal ModelReport Report { get; }

    internal TestAnswers Answers { get; }

    /// <param name="evaluation">An evaluation of the run, with its scores.</param>
    /// <param name="input">The rest of the report's input.</param>
    public static ModelAnalysis Of(ModelEvaluation evaluation, ReportInput input) =>
        new(evaluation.WithoutScores(), ModelReportBuilder.Build(evaluation, input), TestAnswers.Of(evaluation.TestScores));
}
