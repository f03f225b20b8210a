namespace ServerlessFashion.Reporting.Tables;

/// <summary>Every table of the report.</summary>
internal static class ReportTables
{
    /// <summary>All tables of <c>tables/</c>.</summary>
    public static IEnumerable<ReportTable> All(ReportView view) =>
    [
        ResultTables.Ranking(view), ResultTables.Comparison(view), LabelTables.Data(view), TrainingTables.Architecture(view),
        TrainingTables.Training(view), TrainingTables.History(view), LabelTables.PerClass(view),
        .. view.Labels.AreOfFashionMnist ? [LabelTables.PublishedPerClass] : Array.Empty<ReportTable>(),
        .. view.Groups.SelectMany(group => new[] { LabelTables.Confusion(view, group), LabelTables.NormalisedConfusion(view, group) }),
        ErrorTables.Calibration(view), ResultTables.Pairs(view), ErrorTables.Errors(view),
        .. view.Labels.FollowBrightness ? new[] { ErrorTables.CutDistance(view) } : [],
        TrainingTables.Cost(view),
        .. view.Document.Configuration.Folds is not null ? new[] { FoldTables.Validation(view) } : [],
        .. view.Document.Search is not null ? new[] { SearchTables.Trials(view), SearchTables.Parameters(view) } : [],
        .. view.Document.Pruning.Count > 0 ? new[] { PruningTables.Pruned(view), PruningTables.Steps(view) } : [],
        TrainingTables.Failures(view),
    ];
}
