using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

/// <summary>A section of the report: the same content for the page and for Markdown. All text is plain text.</summary>
/// <param name="Id">Anchor: lower case letters and hyphens.</param>
/// <param name="Lead">One sentence about the content of the section.</param>
internal sealed record Section(string Id, string Title, string Lead, IReadOnlyList<Block> Blocks);

internal abstract record Block;

internal sealed record Heading(string Text) : Block;

internal sealed record Paragraph(string Text) : Block;

internal sealed record Bullets(IReadOnlyList<string> Items) : Block;

/// <summary>An important note for the reader.</summary>
internal sealed record Notice(string Text) : Block;

/// <summary>The key figures of the run.</summary>
internal sealed record Facts(IReadOnlyList<Fact> Items) : Block;

internal sealed record Fact(string Name, string Value, string Note);

/// <summary>Terms of the section, each with a short explanation.</summary>
internal sealed record Terms(IReadOnlyList<Term> Items) : Block;

internal sealed record Term(string Name, string Explanation);

/// <param name="Note">A note on how to read the table, or on its origin.</param>
internal sealed record TableBlock(ReportTable Table, string Note = "") : Block
{
    /// <summary>True if the page shows the caption alone until the reader opens the table.</summary>
    public bool IsFolded { get; init; }
}

/// <summary>Figures, side by side if there is room.</summary>
internal sealed record Figures(IReadOnlyList<Figure> Items) : Block;

/// <param name="Caption">A note on how to read the figure.</param>
internal sealed record Figure(Chart Chart, string Caption);

/// <summary>Small grey images with short captions.</summary>
/// <param name="Note">A note on how to read the images.</param>
internal sealed record Gallery(string Title, string Note, IReadOnlyList<GalleryItem> Items) : Block;

/// <param name="Png">The image.</param>
/// <param name="Description">Its alternative text.</param>
/// <param name="Lines">Lines below the image; empty for a sample without caption.</param>
internal sealed record GalleryItem(byte[] Png, string Description, IReadOnlyList<string> Lines);

/// <summary>
/// Text that keeps its line breaks, such as a configuration. The page shows the title alone until the reader opens the text.
/// </summary>
internal sealed record Listing(string Title, string Text) : Block;
