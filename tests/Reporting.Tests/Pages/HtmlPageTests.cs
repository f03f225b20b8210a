using ServerlessFashion.Reporting.Pages;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Pages;

public sealed class HtmlPageTests
{
    [Fact]
    public void Render_Frame_GoesIntoHeadHeaderAndFooter()
    {
        var page = HtmlPage.Render(new PageFrame("T<1>", "H & M", "meta", "footer"), [new Section("one", "First", "Lead.", [])]);

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<title>T&lt;1&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>H &amp; M</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<li><a href=\"#one\">First</a></li>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<section id=\"one\" aria-labelledby=\"one-title\"><h2 id=\"one-title\">First</h2><p class=\"lead\">Lead.</p></section>",
            page, StringComparison.Ordinal);
        Assert.EndsWith("<footer><p>footer</p></footer></div></body></html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Files_AreLinkedBelowTheReport()
    {
        var frame = new PageFrame("T", "H", "meta", "footer") { Files = ["report.json", "report.md", "tables/a&b.csv"] };

        Assert.EndsWith(
            "<footer><p>footer</p><p>The same figures as data: <a href=\"report.json\">report.json</a>, "
            + "<a href=\"report.md\">report.md</a>.</p><details><summary>Tables as files</summary><ul>"
            + "<li><a href=\"tables/a&amp;b.csv\">tables/a&amp;b.csv</a></li></ul></details></footer></div></body></html>\n",
            HtmlPage.Render(frame, []), StringComparison.Ordinal);
    }

    /// <summary>Written by hand from the HTML that each block stands for.</summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    public void Render_Block_IsItsElement(string name, string expected) => Assert.Contains(
        $"<p class=\"lead\">L</p>{expected}</section>",
        HtmlPage.Render(new PageFrame("", "", "", ""), [new Section("s", "S", "L", [Named[name]])]), StringComparison.Ordinal);

    private static readonly Dictionary<string, Block> Named = new()
    {
        ["heading"] = new Heading("a<b"),
        ["paragraph"] = new Paragraph("50 % with p < 0.05"),
        ["notice"] = new Notice("Mind."),
        ["bullets"] = new Bullets(["a", "b"]),
        ["facts"] = new Facts([new Fact("Name", "1", "note")]),
        ["terms"] = new Terms([new Term("F1", "mean")]),
        ["listing"] = new Listing("Code", "{\n}"),
        ["table"] = new TableBlock(
            new ReportTable("t", "Caption", [new("Model", Numeric: false), new("Value"), new("Text", Numeric: false)],
            [
                new Row(["a", new Cell("0.9", .9, Best: true), "short"]),
                new Row(["b", "–", "a text of more than twenty-four characters"], Published: true),
            ]), "Note."),
        ["folded table"] = new TableBlock(
            new ReportTable("t", "Layers", [new("Layer", Numeric: false)], [new Row(["a"])]), "Note.")
        {
            IsFolded = true,
        },
        ["gallery"] = new Gallery("Images", "", [new GalleryItem([1, 2, 3], "shoe", [])]),
        ["captioned gallery"] = new Gallery("Images", "Note.", [new GalleryItem([1, 2, 3], "shoe", ["true 1"])]),
    };

    public static TheoryData<string, string> Blocks => new()
    {
        { "heading", "<h3>a&lt;b</h3>" },
        { "paragraph", "<p>50&#160;% with p&#160;&lt;&#160;0.05</p>" },
        { "notice", "<p class=\"notice\" role=\"note\">Mind.</p>" },
        { "bullets", "<ul><li>a</li><li>b</li></ul>" },
        { "facts", "<dl class=\"facts\"><div><dt>Name</dt><dd class=\"value\">1</dd><dd>note</dd></div></dl>" },
        { "terms", "<dl class=\"terms\"><div><dt>F1</dt><dd>mean</dd></div></dl>" },
        {
            "listing",
            "<details><summary>Code</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Code\">"
            + "<pre>{\n}</pre></div></details>"
        },
        {
            "table",
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Caption\"><table><caption>Caption</caption><thead><tr>"
            + "<th scope=\"col\">Model</th><th scope=\"col\" class=\"n\">Value</th><th scope=\"col\">Text</th></tr></thead><tbody>"
            + "<tr><th scope=\"row\">a</th><td class=\"n\"><b>0.9</b></td><td>short</td></tr>"
            + "<tr class=\"published\"><th scope=\"row\">b</th><td class=\"n\">–</td>"
            + "<td class=\"long\">a text of more than twenty-four characters</td></tr></tbody></table></div><p class=\"note\">Note.</p>"
        },
        {
            "folded table",
            "<details><summary>Layers</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Layers\"><table>"
            + "<thead><tr><th scope=\"col\">Layer</th></tr></thead><tbody><tr><th scope=\"row\">a</th></tr></tbody></table></div>"
            + "<p class=\"note\">Note.</p></details>"
        },
        {
            "gallery",
            "<div class=\"gallery bare\"><h3>Images</h3><ul><li><img alt=\"shoe\" width=\"28\" height=\"28\" "
            + "src=\"data:image/png;base64,AQID\"></li></ul></div>"
        },
        {
            "captioned gallery",
            "<div class=\"gallery\"><h3>Images</h3><p class=\"note\">Note.</p><ul><li><img alt=\"shoe\" width=\"28\" height=\"28\" "
            + "src=\"data:image/png;base64,AQID\"><span>true 1</span></li></ul></div>"
        },
    };
}
