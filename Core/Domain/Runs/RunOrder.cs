using System.Globalization;

namespace ServerlessFashion.Runs;

/// <summary>The column by which a list of runs is sorted.</summary>
public enum RunSort
{
    Created,
    Name,

    /// <summary>The validation accuracy of <see cref="RunRecord.Best"/>.</summary>
    Validation,

    /// <summary>The test accuracy of <see cref="RunRecord.Best"/>.</summary>
    Test,
    Duration,
}

/// <summary>The direction in which a list is sorted.</summary>
public enum SortDirection
{
    Asc,
    Desc,
}

/// <summary>
/// The order of a list of runs. Runs without a value come last in both directions. Runs of the same value are listed newest first.
/// </summary>
public sealed record RunOrder(RunSort Sort, SortDirection Direction) : IComparer<RunPosition>
{
    public static RunOrder NewestFirst { get; } = new(RunSort.Created, SortDirection.Desc);

    /// <param name="direction">Null for the usual direction: names from A on, and the highest value first.</param>
    public static RunOrder Of(RunSort sort, SortDirection? direction) =>
        new(sort, direction ?? (sort == RunSort.Name ? SortDirection.Asc : SortDirection.Desc));

    /// <summary>The place of a run in a list of this order.</summary>
    public RunPosition PositionOf(RunRecord run) => new(
        Sort switch
        {
            RunSort.Created => RunPosition.Sortable(run.CreatedAt),
            RunSort.Name => run.Description.Name?.ToUpperInvariant(),
            RunSort.Validation => Sortable(run.Best?.ValidationAccuracy),
            RunSort.Test => Sortable(run.Best?.TestAccuracy),
            RunSort.Duration => Sortable(run.Duration?.TotalSeconds),
            _ => throw new NotSupportedException($"Runs cannot be sorted by {Sort}."),
        },
        RunPosition.Sortable(run.CreatedAt), run.Id);

    public int Compare(RunPosition? x, RunPosition? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byMissing = (x.Key is null).CompareTo(y.Key is null);
        var byKey = string.CompareOrdinal(x.Key, y.Key) * (Direction == SortDirection.Asc ? 1 : -1);
        var byAge = string.CompareOrdinal(y.Created, x.Created);
        return byMissing != 0 ? byMissing : byKey != 0 ? byKey : byAge != 0 ? byAge : string.CompareOrdinal(x.Id, y.Id);
    }

    /// <summary>A text that sorts as the value does; null where there is no finite value.</summary>
    private static string? Sortable(double? value) =>
        value is { } known && double.IsFinite(known) && known >= 0
            ? BitConverter.DoubleToInt64Bits(known).ToString("X16", CultureInfo.InvariantCulture)
            : null;
}
