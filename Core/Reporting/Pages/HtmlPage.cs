using System.Globalization;
using System.Net;
using System.Text;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Pages;

/// <summary>
/// The report as one HTML file: no script, no outside reference, styles and figures inside. All text from the run (model names,
/// errors, labels) passes <see cref="Escape"/>.
/// </summary>
internal sealed class HtmlPage
{
    private static readonly Lazy<string> Styles =
        new(() => EmbeddedFile.ReadText(typeof(HtmlPage), "theme.css") + EmbeddedFile.ReadText(typeof(HtmlPage), "report.css"));

    /// <summary>Longer texts get a wide column; shorter ones stay on one line.</summary>
    private const int LongText = 24;

    private readonly StringBuilder _html = new();

    private HtmlPage()
    {
    }

    public static string Render(PageFrame frame, IReadOnlyList<Section> sections)
    {
        var page = new HtmlPage();
        page.Head(frame);
        page.Header(frame, sections);
        foreach (var section in sections)
        {
            page.Append(section);
        }

        page._html.Append(
            CultureInfo.InvariantCulture,
            $"</main><footer><p>{Escape(frame.Footer)}</p>{Links(frame.Files)}</footer></div></body></html>\n");
        return page._html.ToString();
    }

    private void Head(PageFrame frame) => _html.Append(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Escape(frame.Title)}</title>
        <link rel="icon" href="data:,">
        <style>{Styles.Value}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the report</a>

        """);

    private void Header(PageFrame frame, IReadOnlyList<Section> sections)
    {
        _html.Append(CultureInfo.InvariantCulture, $"""
            <header class="top"><div class="inner"><p class="eyebrow">{Escape(frame.DataSet)} model comparison</p>
            <h1>{Escape(frame.Headline)}</h1>
            <p class="meta">{Escape(frame.Meta)}</p></div></header>
            <div class="layout"><nav aria-label="Sections"><ol>
            """);
        foreach (var section in sections)
        {
            _html.Append(CultureInfo.InvariantCulture, $"""<li><a href="#{section.Id}">{Escape(section.Title)}</a></li>""");
        }

        _html.Append("</ol></nav><main id=\"main\">\n");
    }

    private void Append(Section section)
    {
        _html.Append(
            CultureInfo.InvariantCulture,
            $"""<section id="{section.Id}" aria-labelledby="{section.Id}-title"><h2 id="{section.Id}-title">{Escape(section.Title)}</h2>"""
            + $"""<p class="lead">{Escape(section.Lead)}</p>""");
        foreach (var block in section.Blocks)
        {
            Append(block);
        }

        _html.Append("</section>\n");
    }

    private void Append(Block block)
    {
        switch (block)
        {
            case Heading heading:
                _html.Append(CultureInfo.InvariantCulture, $"<h3>{Escape(heading.Text)}</h3>");
                break;
            case Paragraph paragraph:
                _html.Append(CultureInfo.InvariantCulture, $"<p>{Escape(paragraph.Text)}</p>");
                break;
            case Notice notice:
                _html.Append(CultureInfo.InvariantCulture, $"""<p class="notice" role="note">{Escape(notice.Text)}</p>""");
                break;
            case Bullets bullets:
                _html.Append(
                    CultureInfo.InvariantCulture, $"<ul>{string.Concat(bullets.Items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>");
                break;
            case Facts facts:
                _html.Append(CultureInfo.InvariantCulture, $"""<dl class="facts">{string.Concat(facts.Items.Select(Item))}</dl>""");
                break;
            case Terms terms:
                _html.Append(CultureInfo.InvariantCulture, $"""<dl class="terms">{string.Concat(terms.Items.Select(Item))}</dl>""");
                break;
            case TableBlock table:
                Append(table);
                break;
            case Figures figures:
                Append(figures);
                break;
            case Gallery gallery:
                Append(gallery);
                break;
            case Listing listing:
                _html.Append(
                    CultureInfo.InvariantCulture,
                    $"<details><summary>{Escape(listing.Title)}</summary>{Scroll(listing.Title)}"
                    + $"<pre>{Escape(listing.Text)}</pre></div></details>");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "A block that the page cannot show.");
        }
    }

    private void Append(TableBlock block)
    {
        var table = block.Table;
        var caption = Escape(table.Caption);
        _html.Append(block.IsFolded ? $"<details><summary>{caption}</summary>" : "")
            .Append(Scroll(table.Caption)).Append("<table>").Append(block.IsFolded ? "" : $"<caption>{caption}</caption>")
            .Append("<thead><tr>");
        foreach (var column in table.Columns)
        {
            _html.Append(
                CultureInfo.InvariantCulture, $"""<th scope="col"{(column.Numeric ? " class=\"n\"" : "")}>{Escape(column.Header)}</th>""");
        }

        _html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            _html.Append(row.Published ? "<tr class=\"published\">" : "<tr>");
            for (var i = 0; i < row.Cells.Count; i++)
            {
                _html.Append(i == 0 && row.Cells[i].Text.Length > LongText ? "<th scope=\"row\" class=\"long\">"
                    : i == 0 ? "<th scope=\"row\">"
                    : table.Columns[i].Numeric ? "<td class=\"n\">"
                    : row.Cells[i].Text.Length > LongText ? "<td class=\"long\">"
                    : "<td>")
                    .Append(row.Cells[i].Best ? $"<b>{Escape(row.Cells[i].Text)}</b>" : Escape(row.Cells[i].Text))
                    .Append(i == 0 ? "</th>" : "</td>");
            }

            _html.Append("</tr>");
        }

        _html.Append("</tbody></table></div>").Append(Note(block.Note)).Append(block.IsFolded ? "</details>" : "");
    }

    private void Append(Figures figures)
    {
        _html.Append(figures.Items.Count == 1 ? "<div class=\"figures single\">" : "<div class=\"figures\">");
        foreach (var figure in figures.Items)
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"""<figure><p class="title">{Escape(figure.Chart.Title)}</p>{SvgChart.Inline(figure.Chart)}"""
                + $"<figcaption>{Escape(figure.Caption)}</figcaption></figure>");
        }

        _html.Append("</div>");
    }

    private void Append(Gallery gallery)
    {
        var bare = gallery.Items.All(item => item.Lines.Count == 0);
        _html.Append(
            CultureInfo.InvariantCulture,
            $"""<div class="gallery{(bare ? " bare" : "")}"><h3>{Escape(gallery.Title)}</h3>{Note(gallery.Note)}<ul>""");
        foreach (var item in gallery.Items)
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"""<li><img alt="{Escape(item.Description)}" width="28" height="28" """
                + $"""src="data:image/png;base64,{Convert.ToBase64String(item.Png)}">"""
                + $"{string.Concat(item.Lines.Select(line => $"<span>{Escape(line)}</span>"))}</li>");
        }

        _html.Append("</ul></div>");
    }

    /// <summary>The files of the report's own folder in a line; the tables folded.</summary>
    private static string Links(IReadOnlyList<string> files)
    {
        var (tables, others) = (files.Where(file => file.Contains('/')).ToList(), files.Where(file => !file.Contains('/')).ToList());
        var items = string.Concat(tables.Select(file => $"<li>{Link(file)}</li>"));
        return (others.Count == 0 ? "" : $"<p>The same figures as data: {string.Join(", ", others.Select(Link))}.</p>")
            + (tables.Count == 0 ? "" : $"<details><summary>Tables as files</summary><ul>{items}</ul></details>");
    }

    private static string Link(string file) => $"""<a href="{Escape(file)}">{Escape(file)}</a>""";

    private static string Item(Fact fact) =>
        $"""<div><dt>{Escape(fact.Name)}</dt><dd class="value">{Escape(fact.Value)}</dd><dd>{Escape(fact.Note)}</dd></div>""";

    private static string Item(Term term) => $"<div><dt>{Escape(term.Name)}</dt><dd>{Escape(term.Explanation)}</dd></div>";

    /// <summary>Opens an element that scrolls, by keyboard too, where its content is wider than the page.</summary>
    private static string Scroll(string label) => $"""<div class="scroll" tabindex="0" role="region" aria-label="{Escape(label)}">""";

    private static string Note(string text) => text.Length == 0 ? "" : $"""<p class="note">{Escape(text)}</p>""";

    /// <summary>Escapes text. No line break separates a percent sign from its number, or a comparison from its value.</summary>
    private static string Escape(string text) => WebUtility.HtmlEncode(text
        .Replace(" %", "\u00a0%", StringComparison.Ordinal)
        .Replace("p < ", "p\u00a0<\u00a0", StringComparison.Ordinal)
        .Replace("p = ", "p\u00a0=\u00a0", StringComparison.Ordinal));
}
