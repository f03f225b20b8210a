namespace ServerlessFashion.Evaluation;

/// <summary>Ranks models by their validation images only. The test set plays no role.</summary>
public static class ModelRanking
{
    /// <summary>
    /// The evaluations of each model, best first: by mean validation accuracy over seeds, then by smaller mean validation loss,
    /// then by fewer parameters, then by name. NaN comes last.
    /// </summary>
    public static IReadOnlyList<IGrouping<string, ModelEvaluation>> Order(IReadOnlyList<ModelEvaluation> evaluations) =>
    [
        .. evaluations.GroupBy(evaluation => evaluation.Name)
            .OrderByDescending(seeds => Finite(seeds.Average(seed => seed.Validation.Accuracy), double.NegativeInfinity))
            .ThenBy(seeds => Finite(seeds.Average(seed => seed.Validation.Loss), double.PositiveInfinity))
            .ThenBy(seeds => seeds.First().Parameters)
            .ThenBy(seeds => seeds.Key, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Name of the best model; null if there is none. A model with side information (labels that the competition did not provide)
    /// wins only if there is no other model.
    /// </summary>
    public static string? Winner(IReadOnlyList<ModelEvaluation> evaluations)
    {
        var order = Order(evaluations);
        return (order.FirstOrDefault(seeds => !seeds.Any(seed => seed.SideInformation)) ?? (order is [var best, ..] ? best : null))?.Key;
    }

    private static double Finite(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;
}
