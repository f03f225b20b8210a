namespace ServerlessFashion.Reporting.Charts;

/// <summary>A figure. <see cref="SvgChart"/> draws it and <see cref="SvgRasterizer"/> makes a PNG of the drawing.</summary>
/// <param name="Name">File name without extension: lower case letters, digits and hyphens.</param>
/// <param name="Title">The content in a few words.</param>
/// <param name="Description">The alternative text for readers who cannot see the figure.</param>
internal abstract record Chart(string Name, string Title, string Description);

/// <summary>Marks over two axes.</summary>
internal sealed record PlotChart(string Name, string Title, string Description, Axis X, Axis Y, IReadOnlyList<Mark> Marks)
    : Chart(Name, Title, Description);

/// <summary>A square table of coloured cells, rows from top to bottom.</summary>
/// <param name="Labels">Labels of the rows and of the columns.</param>
/// <param name="Shades">-1..1 for each cell, by row: strength of its colour. Negative values use the opposite colour.</param>
/// <param name="Texts">Text of each cell.</param>
internal sealed record HeatMap(
    string Name, string Title, string Description, string XTitle, string YTitle, IReadOnlyList<string> Labels,
    IReadOnlyList<IReadOnlyList<double>> Shades, IReadOnlyList<IReadOnlyList<string>> Texts)
    : Chart(Name, Title, Description);

/// <summary>A mark over two axes. Marks without a label are not in the legend. Points that are not finite are omitted.</summary>
internal abstract record Mark(string? Label, Ink Ink);

/// <summary>A line through points, in their order.</summary>
internal sealed record LineMark(string? Label, Ink Ink, IReadOnlyList<ChartPoint> Points, bool Dashed = false, bool Dots = false)
    : Mark(Label, Ink);

/// <summary>Single points; <paramref name="Ring"/> draws them hollow and larger, to single out a point of a line.</summary>
internal sealed record DotMark(string? Label, Ink Ink, IReadOnlyList<ChartPoint> Points, bool Ring = false) : Mark(Label, Ink);

/// <summary>Upright spans from low to high, for intervals; <paramref name="Width"/> in pixels of a 480 pixel wide figure.</summary>
internal sealed record SpanMark(string? Label, Ink Ink, IReadOnlyList<ChartSpan> Spans, double Width) : Mark(Label, Ink);

/// <param name="Text">Text beside the point and in its tooltip.</param>
internal sealed record ChartPoint(double X, double Y, string? Text = null);

internal sealed record ChartSpan(double X, double Low, double High);

/// <summary>The colours of a figure, distinguishable with the common kinds of colour blindness, on light and dark backgrounds.</summary>
internal enum Ink
{
    Muted,
    Blue,
    Orange,
    Teal,
    Violet,
    Amber,
    Rose,
}
