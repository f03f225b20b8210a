namespace ServerlessFashion.Evaluation;

/// <summary>Which model is best. Decided on validation images only: the test set has no say.</summary>
public static class ModelRanking
{
    /// <summary>
    /// The evaluations of each model, best first: by mean validation accuracy over seeds, among equals by the smaller mean
    /// validation loss, then by fewer parameters, then by name. What is not a number comes last.
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
    /// Name of the best model; null when there is none. One that learned from labels the competition did not give wins only
    /// when no other model is there.
    /// </summary>
    public static string? Winner(IReadOnlyList<ModelEvaluation> evaluations)
    {
        var order = Order(evaluations);
        return (order.FirstOrDefault(seeds => !seeds.Any(seed => seed.SideInformation)) ?? (order is [var best, ..] ? best : null))?.Key;
    }

    private static double Finite(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;
}
