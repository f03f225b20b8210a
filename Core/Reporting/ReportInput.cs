using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;

namespace ServerlessFashion.Reporting;

/// <summary>The complete input of a report. The rest is pure computation.</summary>
/// <param name="Definition">What the run trained. Models are described from it and not from today's catalogue.</param>
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
    /// <summary>Why there are no <see cref="TestImages"/>, as a sentence; null where they are there.</summary>
    public string? MissingImages { get; init; }

    /// <summary>Name, tags and notes of the run.</summary>
    public RunDescription Description { get; init; } = RunDescription.None;

    /// <summary>The machines of each training.</summary>
    public IReadOnlyList<TrainingEnvironments> TrainingEnvironments { get; init; } = [];

    /// <summary>
    /// The analyses of <see cref="Evaluations"/> in their order, which then need no scores. Null if the report computes them.
    /// </summary>
    public IReadOnlyList<ModelAnalysis>? Analyses { get; init; }

    /// <summary>The trials of the run's search, in the order of their numbers.</summary>
    public IReadOnlyList<TrialResult> Trials { get; init; } = [];

    /// <summary>What <see cref="Trials"/> have shown at the ends of their rungs.</summary>
    public IReadOnlyList<Observation> TrialObservations { get; init; } = [];

    public RunConfiguration Configuration => Definition.Configuration;

    internal IReadOnlyList<ModelAnalysis> Analyse() =>
        Analyses ?? [.. Evaluations.Select(evaluation => ModelAnalysis.Of(evaluation, this))];
}
