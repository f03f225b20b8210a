using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Pages;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Pages;

public sealed class MarkdownPageTests
{
    /// <summary>Written by hand, as a reader of Markdown expects each block.</summary>
    [Fact]
    public void Render_EveryBlock_IsMarkdown() => Assert.Equal(
        """
        # Title \*

        ## Section

        Lead.

        ### Heading

        Text with &lt;b&gt;.

        > Mind.

        - a
        - b

        - Name: **1**, note

        - *F1*: mean

        **Caption**

        | Model | Value |
        |---|---:|
        | a | **0.9** |

        Note.

        ![Words](plots/chart.png)

        *Chart.* Caption of it

        **Code**

        ```json
        { "a": "<b>" }
        ```

        **Images.** Note.

        - shoe


        """.ReplaceLineEndings("\n"),
        MarkdownPage.Render("Title *",
        [
            new Section("s", "Section", "Lead.",
            [
                new Heading("Heading"),
                new Paragraph("Text with <b>."),
                new Notice("Mind."),
                new Bullets(["a", "b"]),
                new Facts([new Fact("Name", "1", "note")]),
                new Terms([new Term("F1", "mean")]),
                new TableBlock(
                    new ReportTable(
                        "t", "Caption", [new("Model", Numeric: false), new("Value")], [new Row(["a", new Cell("0.9", .9, Best: true)])]),
                    "Note."),
                new Figures([new Figure(new HeatMap("chart", "Chart", "Words", "", "", [], [], []), "Caption of it")]),
                new Listing("Code", "{ \"a\": \"<b>\" }"),
                new Gallery("Images", "Note.", [new GalleryItem([], "shoe", ["true 1"])]),
            ]),
        ]));

    /// <summary>Samples without captions say nothing in text.</summary>
    [Fact]
    public void Render_GalleryWithoutCaptions_IsLeftOut() => Assert.Equal(
        "# T\n\n## S\n\nL\n\n",
        MarkdownPage.Render("T", [new Section("s", "S", "L", [new Gallery("Images", "", [new GalleryItem([], "shoe", [])])])]));
}
