using System.Globalization;
using System.Net;
using System.Text;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Writes SVG elements, one after another. Lengths are in units of the view box and have one decimal; all text is
/// escaped.
/// </summary>
internal sealed class SvgWriter
{
    private const string Dashes = " stroke-dasharray=\"5 4\"";

    private readonly StringBuilder _svg = new();

    public override string ToString() => _svg.ToString();

    /// <summary>Opens the drawing; <see cref="Close"/> ends it.</summary>
    /// <param name="description">Its alternative text.</param>
    public void Open(int width, int height, string description, string fontFamily)
    {
        Append($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" """);
        Append($"""role="img" aria-label="{Escape(description)}" font-family="{fontFamily}">""");
    }

    public void Close() => _svg.Append("</svg>");

    /// <summary>A region that clips what is drawn in it. A nested svg element does this without an id.</summary>
    /// <param name="margin">Room inside the region above y = 0, which then is that far below its top.</param>
    public void OpenRegion(int x, int y, int width, int height, int margin)
    {
        Append($"""<svg x="{x}" y="{y}" width="{width}" height="{height}">""");
        Append($"""<g transform="translate(0 {margin})">""");
    }

    public void CloseRegion() => _svg.Append("</g></svg>");

    public void Line(double x1, double x2, double y1, double y2, string stroke, double? width = null, bool dashed = false)
    {
        var style = $"{StrokeWidth(width)}{(dashed ? Dashes : "")}";
        Append($"""<line x1="{x1:0.#}" x2="{x2:0.#}" y1="{y1:0.#}" y2="{y2:0.#}" stroke="{stroke}"{style}/>""");
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width, bool dashed)
    {
        var places = points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}"));
        Append($"""<polyline fill="none" stroke="{stroke}"{StrokeWidth(width)} stroke-linejoin="round"{(dashed ? Dashes : "")} """);
        Append($"""points="{string.Join(' ', places)}"/>""");
    }

    /// <param name="hint">Shown when the circle is pointed at; null for none.</param>
    public void Circle(
        double x, double y, double radius, string fill, string? stroke = null, double? strokeWidth = null, string? hint = null)
    {
        var outline = stroke is null ? "" : $" stroke=\"{stroke}\"{StrokeWidth(strokeWidth)}";
        var end = hint is null ? "/>" : $"><title>{Escape(hint)}</title></circle>";
        Append($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}" fill="{fill}"{outline}{end}""");
    }

    /// <summary>A rectangle with slightly rounded corners.</summary>
    /// <param name="opacity">0..1.</param>
    public void Cell(double x, double y, double width, double height, string fill, double opacity)
    {
        Append($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" rx="2" """);
        Append($"""fill="{fill}" fill-opacity="{opacity:0.##}"/>""");
    }

    /// <summary>Fills everything from the origin on.</summary>
    public void Ground(int width, int height, string fill) => Append($"""<rect width="{width}" height="{height}" fill="{fill}"/>""");

    /// <param name="anchor">The part of the text that stands at x: start, middle or end.</param>
    public void Text(double x, double y, string text, string anchor, string fill, double size) => Append(
        $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="{fill}" font-size="{size:0.#}">{Escape(text)}</text>""");

    /// <param name="degrees">Clockwise; 0 writes level text.</param>
    public void RotatedText(double x, double y, double degrees, string text, string anchor, string fill, double size)
    {
        var rotation = degrees == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" rotate({degrees:0.#})");
        Append($"""<g transform="translate({x:0.#} {y:0.#}){rotation}">""");
        Text(0, 0, text, anchor, fill, size);
        _svg.Append("</g>");
    }

    private static string StrokeWidth(double? width) =>
        width is null ? "" : string.Create(CultureInfo.InvariantCulture, $" stroke-width=\"{width:0.##}\"");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Append(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture));
}
