using System.Globalization;
using System.Text;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Pages;

/// <summary>The report as Markdown. Figures are the files in <c>plots/</c>; image galleries are omitted.</summary>
internal static class MarkdownPage
{
    public static string Render(string title, IReadOnlyList<Section> sections)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(title)}\n\n");
        foreach (var section in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {section.Title}\n\n{Escape(section.Lead)}\n\n");
            foreach (var block in section.Blocks)
            {
                Append(text, block);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Heading heading:
                text.Append(CultureInfo.InvariantCulture, $"### {Escape(heading.Text)}\n\n");
                break;
            case Paragraph paragraph:
                text.Append(Escape(paragraph.Text)).Append("\n\n");
                break;
            case Notice notice:
                text.Append("> ").Append(Escape(notice.Text)).Append("\n\n");
                break;
            case Bullets bullets:
                List(text, bullets.Items.Select(Escape));
                break;
            case Facts facts:
                List(text, facts.Items.Select(fact => $"{Escape(fact.Name)}: **{Escape(fact.Value)}**, {Escape(fact.Note)}"));
                break;
            case Terms terms:
                List(text, terms.Items.Select(term => $"*{Escape(term.Name)}*: {Escape(term.Explanation)}"));
                break;
            case TableBlock table:
                text.Append(CultureInfo.InvariantCulture, $"**{Escape(table.Table.Caption)}**\n\n{TableText.Markdown(table.Table)}\n");
                text.Append(table.Note.Length == 0 ? "" : $"{Escape(table.Note)}\n\n");
                break;
            case Figures figures:
                foreach (var figure in figures.Items)
                {
                    text.Append(CultureInfo.InvariantCulture,
                        $"![{Escape(figure.Chart.Description)}](plots/{figure.Chart.Name}.png)\n\n*{Escape(figure.Chart.Title)}.* "
                        + $"{Escape(figure.Caption)}\n\n");
                }

                break;
            case Listing listing:
                text.Append(CultureInfo.InvariantCulture, $"**{Escape(listing.Title)}**\n\n```json\n{listing.Text}\n```\n\n");
                break;
            case Gallery { Items: [{ Lines.Count: > 0 }, ..] } gallery:
                text.Append(CultureInfo.InvariantCulture, $"**{Escape(gallery.Title)}.** {Escape(gallery.Note)}\n\n");
                List(text, gallery.Items.Select(item => Escape(item.Description)));
                break;
            default:
                break;
        }
    }

    private static void List(StringBuilder text, IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            text.Append("- ").Append(item).Append('\n');
        }

        text.Append('\n');
    }

    private static string Escape(string text) => TableText.EscapeMarkdown(text);
}
