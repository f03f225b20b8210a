using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// Parquet files with a column of encoded pictures (bytes, or a struct with <c>bytes</c> as Hugging Face writes it) and a column of labels.
/// A file whose name contains <c>test</c> or <c>val</c> is that part. The memory is that of one row group.
/// </summary>
internal sealed class ParquetTables : LabelledSource
{
    private static readonly string[] LabelNames = ["label", "labels", "class", "target", "category", "y", "fine_label"];

    /// <summary>Bytes after the footer: its length, and the magic bytes.</summary>
    private const int FooterEndBytes = 8;

    private readonly SourceFiles _files;
    private readonly IReadOnlyList<string> _tables;

    private ParquetTables(SourceFiles files, IReadOnlyList<string> tables, IReadOnlyList<string>? classNames)
    {
        _files = files;
        _tables = tables;
        ClassNames = classNames;
    }

    public override IReadOnlyList<string>? ClassNames { get; }

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    public override IReadOnlyCollection<string> OtherFiles =>
        [.. _files.Paths.Where(path => !_tables.Contains(path) && !ClassNameFile.Is(path))];

    public static bool Is(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="InvalidInputException">A file is no Parquet, or lacks a column.</exception>
    public static async Task<ParquetTables> OpenAsync(SourceFiles files, CancellationToken cancellation)
    {
        IReadOnlyList<string> tables = files.Paths.Count == 1 ? files.Paths : [.. files.Paths.Where(Is)];
        IReadOnlyList<string>? names = null;
        foreach (var path in tables)
        {
            await using var content = await files.OpenSeekableAsync(path, cancellation);
            await using var reader = await OpenAsync(content, files.Part(path), cancellation);
            var (_, label) = Columns(reader.Schema, files.Part(path));
            names ??= NamesIn(reader.CustomMetadata, label.Name);
        }

        return new ParquetTables(files, tables, names);
    }

    public override async IAsyncEnumerable<SourceImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in _tables)
        {
            var isValidation = false;
            var part = _tables.Count == 1 ? DatasetPart.Train : PartOf(Path.GetFileName(path), out isValidation) ?? DatasetPart.Train;
            var context = _files.Part(path);
            await using var content = await _files.OpenSeekableAsync(path, cancellation);
            await using var reader = await OpenAsync(content, context, cancellation);
            var (image, label) = Columns(reader.Schema, context);
            var row = 0L;
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                var (pictures, labels) = await ReadGroupAsync(reader, group, image, label, context, cancellation);
                for (var i = 0; i < labels.Length; i++, row++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"{path} row {row}");
                    yield return new SourceImage(
                        name, part, labels[i] ?? throw context.Error($"row {row} (counted from 0) has no label"))
                    {
                        Picture = pictures[i],
                        Failure = PictureReader.IsPicture(pictures[i]) ? null : $"{name}: it is none of {PictureReader.Format.Name}.",
                        IsValidation = isValidation,
                    };
                    pictures[i] = null;
                }
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        await CheckFooterAsync(content, context, cancellation);
        try
        {
            return await ParquetReader.CreateAsync(content, cancellationToken: cancellation);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(context, e);
        }
    }

    /// <summary>
    /// A file ends with its footer, the footer's length in four bytes, and <c>PAR1</c> (file format of Apache Parquet). The library takes
    /// as much memory as that length says.
    /// </summary>
    private static async Task CheckFooterAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        var end = new byte[FooterEndBytes];
        if (content.Length < Magic.Length + end.Length)
        {
            throw Damaged(context);
        }

        content.Seek(-end.Length, SeekOrigin.End);
        await content.ReadExactlyAsync(end, cancellation);
        content.Position = 0;
        var most = content.Length - Magic.Length - end.Length;
        if (!end.AsSpan(sizeof(uint)).SequenceEqual(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(end) > most)
        {
            throw Damaged(context);
        }
    }

    private static async Task<(byte[]?[] Pictures, string?[] Labels)> ReadGroupAsync(
        ParquetReader reader, int group, DataField image, DataField label, ReadContext context, CancellationToken cancellation)
    {
        try
        {
            using var rows = reader.OpenRowGroupReader(group);
            var pictures = new byte[]?[rows.RowCount];
            await rows.ReadAsync(image, pictures.AsMemory()!, null, cancellation);
            return (pictures, await ParquetLabels.ReadAsync(rows, label, context, cancellation));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(context, e);
        }
    }

    private static (DataField Image, DataField Label) Columns(ParquetSchema schema, ReadContext context)
    {
        var columns = string.Join(", ", schema.DataFields.Select(field => field.Path.ToString()).Take(12));
        var images = schema.DataFields
            .Where(field => field.ClrType == typeof(ReadOnlyMemory<byte>) && field.MaxRepetitionLevel == 0).ToList();
        var image = images.Count == 1 ? images[0]
            : images.FirstOrDefault(field => field.Path.FirstPart is "image" or "img" or "picture")
            ?? throw context.Error($"it needs one column of pictures as bytes, such as image; its columns are {columns}");
        var label = LabelNames
            .Select(name => schema.DataFields.FirstOrDefault(
                field => field.Path.Length == 1 && field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(field => field is not null)
            ?? throw context.Error($"it needs a column of labels ({string.Join(", ", LabelNames)}); its columns are {columns}");
        return (image, label);
    }

    /// <summary>The names that Hugging Face stores with the type <c>ClassLabel</c>; null if there are none.</summary>
    private static IReadOnlyList<string>? NamesIn(Dictionary<string, string> metadata, string label)
    {
        if (!metadata.TryGetValue("huggingface", out var text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var features = document.RootElement.GetProperty("info").GetProperty("features");
            return features.GetProperty(label).TryGetProperty("names", out var names)
                ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")]
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsDamage(Exception exception) => exception is not (OperationCanceledException or InvalidInputException
        or OutOfMemoryException);

    private static InvalidInputException Damaged(ReadContext context, Exception? exception = null) =>
        context.Error("it is no Parquet that can be read: it is damaged, cut off or of another format", exception);
}
