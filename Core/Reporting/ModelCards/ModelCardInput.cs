using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting.ModelCards;

/// <summary>All that a model card says.</summary>
/// <param name="Definition">What the run trained.</param>
/// <param name="Evaluation">The evaluation of the version, with its scores.</param>
/// <param name="Run">Name, tags and notes of the run.</param>
/// <param name="HasSafetensors">Whether a file with the weights belongs to the model; an ensemble has none.</param>
public sealed record ModelCardInput(
    ModelVersion Version, RunDefinition Definition, ModelEvaluation Evaluation, RunDescription Run, bool HasSafetensors);
