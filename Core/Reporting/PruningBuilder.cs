using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>Compares the pruned models of a run with the dense ones.</summary>
internal static class PruningBuilder
{
    public static IReadOnlyList<PrunedModel> Build(ReportInput input) =>
        [.. input.Evaluations.GroupBy(evaluation => evaluation.Name).Select(seeds => Build(input, [.. seeds.OrderBy(seed => seed.Seed)]))
            .OfType<PrunedModel>()];

    private static PrunedModel? Build(ReportInput input, ModelEvaluation[] seeds)
    {
        var name = seeds[0].Name;
        var configuration = input.Configuration.Models.FirstOrDefault(model => model.Name == name);
        if (configuration is null || input.Definition.SpecOf(name) is not { PrunedFrom: [_, ..] origins } spec)
        {
            return null;
        }

        var origin = origins.FirstOrDefault(dense => input.Evaluations.Any(evaluation => evaluation.Name == dense));
        return new PrunedModel(
            name, origin, Steps(spec, configuration, seeds[0].History, input.Definition.Labels),
            origin is null ? null : Compare(seeds, [.. input.Evaluations.Where(evaluation => evaluation.Name == origin)]));
    }

    private static PruningStep[] Steps(
        ModelSpec spec, ModelConfiguration configuration, IReadOnlyList<EpochRow> history, ClassLabels labels)
    {
        var kernelsLeft = configuration.Phases.SelectMany(phase =>
        {
            var kernels = spec.PlanOf(phase, labels).Weights.Where(Pruning.Takes).Sum(weight => weight.Count);
            return Enumerable.Range(1, phase.Epochs).Select(epoch => kernels - Pruning.ZerosOf(kernels, phase.SparsityOf(epoch)));
        }).ToArray();
        return [.. history.Where(row => row.Epoch <= kernelsLeft.Length).GroupBy(row => kernelsLeft[row.Epoch - 1]).Select(rows =>
        {
            var best = rows.MaxBy(row => row.ValidationAccuracy)!;
            return new PruningStep(1 - ((double)rows.Key / kernelsLeft[0]), rows.Key, rows.Count(), best.Epoch, best.ValidationAccuracy);
        })];
    }

    private static PruningEffect Compare(ModelEvaluation[] pruned, ModelEvaluation[] dense) => new(
        (double)pruned[0].Parameters / dense[0].Parameters,
        Ratio(pruned[0].KernelParametersLeft, dense[0].KernelParametersLeft),
        Ratio(pruned[0].FileBytes, dense[0].FileBytes),
        Ratio(pruned[0].MultiplyAccumulates, dense[0].MultiplyAccumulates),
        pruned.Average(seed => seed.TestSeconds) / dense.Average(seed => seed.TestSeconds),
        pruned.Average(seed => seed.Validation.Accuracy) - dense.Average(seed => seed.Validation.Accuracy),
        pruned.Average(seed => seed.Test.Accuracy) - dense.Average(seed => seed.Test.Accuracy));

    private static double? Ratio(long? pruned, long? dense) => dense > 0 ? (double?)pruned / dense : null;
}
