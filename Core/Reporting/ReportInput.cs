using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>Everything that a report is made from; from here on it is pure computation.</summary>
/// <param name="Definition">What the run trained; models are described from it and not from today's catalogue.</param>
/// <param name="TestImages">The test images in order, for the error gallery and the submission ids.</param>
public sealed record ReportInput(
    string RunId,
    DateTimeOffset CreatedAt,
    RunDefinition Definition,
    ReportData Data,
    RunEnvironment Environment,
    IReadOnlyList<ModelEvaluation> Evaluations,
    IReadOnlyList<ModelFailure> Failures,
    LabelledImages TestImages)
{
    public RunConfiguration Configuration => Definition.Configuration;
}
