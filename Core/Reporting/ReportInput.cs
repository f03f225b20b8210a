using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>The complete input of a report. The rest is pure computation.</summary>
/// <param name="TestImages">The test images in order, for the error gallery and the submission ids.</param>
public sealed record ReportInput(
    string RunId,
    DateTimeOffset CreatedAt,
    RunConfiguration Configuration,
    ReportData Data,
    RunEnvironment Environment,
    IReadOnlyList<ModelEvaluation> Evaluations,
    IReadOnlyList<ModelFailure> Failures,
    LabelledImages TestImages);
