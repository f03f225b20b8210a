using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

/// <summary>A section of the report: the same content for the page and for Markdown. All text is plain text.</summary>
/// <param name="Id">Anchor: lower case letters and hyphens.</param>
/// <param name="Lead">One sentence about the content of the section.</param>
public sealed record Section(string Id, string Title, string Lead, IReadOnlyList<Block> Blocks);

public abstract record Block;

public sealed record Heading(string Text) : Block;

public sealed record Paragraph(string Text) : Block;

public sealed record Bullets(IReadOnlyList<string> Items) : Block;

/// <summary>An important note for the reader.</summary>
public sealed record Notice(string Text) : Block;

/// <summary>The key figures of the run.</summary>
public sealed record Facts(IReadOnlyList<Fact> Items) : Block;

public sealed record Fact(string Name, string Value, string Note);

/// <summary>Terms of the section, each with a short explanation.</summary>
public sealed record Terms(IReadOnlyList<Term> Items) : Block;

public sealed record Term(string Name, string Explanation);

/// <param name="Note">A note on how to read the table, or on its origin.</param>
public sealed record TableBlock(ReportTable Table, string Note = "") : Block;

/// <summary>Figures, side by side if there is room.</summary>
public sealed record Figures(IReadOnlyList<Figure> Items) : Block;

/// <param name="Caption">A note on how to read the figure.</param>
public sealed record Figure(Chart Chart, string Caption);

/// <summary>Small grey images with short captions.</summary>
/// <param name="Note">A note on how to read the images.</param>
public sealed record Gallery(string Title, string Note, IReadOnlyList<GalleryItem> Items) : Block;

/// <param name="Png">The image.</param>
/// <param name="Description">Its alternative text.</param>
/// <param name="Lines">Lines below the image; empty for a sample without caption.</param>
public sealed record GalleryItem(byte[] Png, string Description, IReadOnlyList<string> Lines);

/// <summary>Text that keeps its line breaks, such as a configuration.</summary>
public sealed record Listing(string Title, string Text) : Block;
