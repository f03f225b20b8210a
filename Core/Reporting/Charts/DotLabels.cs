namespace ServerlessFashion.Reporting.Charts;

/// <summary>Finds places for the texts of dots, none over another: models of the same size stand close to each other.</summary>
/// <param name="width">Of the plot area.</param>
/// <param name="height">Of the plot area.</param>
/// <param name="overhang">By how much a text may pass the right edge.</param>
internal sealed class DotLabels(double width, double height, double overhang)
{
    private const int FromDot = 9;
    private const int BelowMiddle = 4;
    private const int LineHeight = 16;
    private const int MostLines = 6;

    private readonly List<(double Left, double Right, double Middle)> _taken = [];

    /// <summary>
    /// A text stands beside its dot: at the right, but at the left near the right edge or where it would be cut off. Where that place is
    /// taken, it stands at the other side, or else a few lines above or below.
    /// </summary>
    /// <returns>Where the text begins or ends, its baseline, and which of both it is.</returns>
    public (double X, double Baseline, string Anchor) Place(double x, double y, string text)
    {
        var length = SvgChart.CharacterWidth * text.Length;
        var onLeft = x > width * 0.7 || (x > width / 2 && x + FromDot + length > width + overhang);
        var places = Enumerable.Range(0, MostLines + 1).SelectMany(line => new[] { line, -line }).Distinct()
            .SelectMany(line => new[] { onLeft, !onLeft }.Select(left => (Left: left, Middle: y + line * LineHeight)))
            .Select(place => (place.Left, Box: Box(x, length, place.Left, place.Middle))).ToList();
        var free = places.Where(place => IsInside(place.Box) && IsFree(place.Box)).ToList();
        var (isLeft, box) = free is [var first, ..] ? first : places[0];
        _taken.Add(box);
        return (isLeft ? box.Right : box.Left, box.Middle + BelowMiddle, isLeft ? "end" : "start");
    }

    private static (double Left, double Right, double Middle) Box(double x, double length, bool left, double middle) =>
        left ? (x - FromDot - length, x - FromDot, middle) : (x + FromDot, x + FromDot + length, middle);

    private bool IsInside((double Left, double Right, double Middle) box) =>
        box.Left >= 0 && box.Right <= width + overhang && box.Middle >= 0 && box.Middle <= height;

    private bool IsFree((double Left, double Right, double Middle) box) => !_taken.Any(other =>
        box.Left < other.Right && other.Left < box.Right && Math.Abs(box.Middle - other.Middle) < LineHeight);
}
