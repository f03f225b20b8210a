using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// CSV files with a header, one image in a row: a column of labels, and a column for each pixel. A file whose name contains <c>test</c>
/// or <c>val</c> is that part. The labels may stand in a file of their own, see <see cref="CsvLabels"/>. A test file without labels is
/// left out.
/// </summary>
internal sealed class CsvTables : LabelledSource
{
    private readonly SourceFiles _files;
    private readonly IReadOnlyList<string> _tables;
    private readonly Dictionary<string, string> _labelFiles = [];
    private readonly SortedSet<string> _others;

    public CsvTables(SourceFiles files)
    {
        _files = files;
        var tables = files.Paths.Count == 1 ? files.Paths : [.. files.Paths.Where(Is)];
        foreach (var table in tables)
        {
            if (CsvLabels.PathFor(table, [.. tables]) is { } labels)
            {
                _labelFiles.Add(table, labels);
            }
        }

        _tables = [.. tables.Except(_labelFiles.Values)];
        _others = new(files.Paths.Except(tables).Where(path => !ClassNameFile.Is(path)), StringComparer.Ordinal);
    }

    public override IReadOnlyCollection<string> OtherFiles => _others;

    public static bool Is(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    public override async IAsyncEnumerable<SourceImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in _tables)
        {
            var isValidation = false;
            var part = _tables.Count == 1 ? DatasetPart.Train : PartOf(Path.GetFileName(path), out isValidation) ?? DatasetPart.Train;
            await foreach (var image in ReadTableAsync(path, part, isValidation, cancellation))
            {
                yield return image;
            }
        }
    }

    private async IAsyncEnumerable<SourceImage> ReadTableAsync(
        string path, DatasetPart part, bool isValidation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var context = _files.Part(path);
        var (_, content, packed) = await _files.OpenUnpackedAsync(path, cancellation);
        await using var closed = packed;
        await using var unpacked = content;
        await using var text = await CsvImageReader.OpenAsync(unpacked, cancellation);
        var rows = new CsvRows(new Utf8LineReader(text, CsvRules.Labelled.LongestLine), context, CsvRules.Labelled);
        while (!rows.TryReadHeader() && await rows.FillAsync(cancellation))
        {
        }

        rows.CheckHeader();
        var labelFile = rows.Layout!.Label is null ? _labelFiles.GetValueOrDefault(path) : null;
        var labels = labelFile is null ? null : await CsvLabels.ReadAsync(_files, labelFile, cancellation);
        if (rows.Layout.Label is null && labels is null && part == DatasetPart.Test)
        {
            _others.Add(path);
            yield break;
        }

        if (rows.Layout.Label is not null && _labelFiles.TryGetValue(path, out var unused))
        {
            _others.Add(unused);
        }

        var (side, channels) = ShapeOf(rows.Layout, labels, context);
        var images = 0L;
        do
        {
            while (TryRead(rows, side, channels, out var row, out var pixels))
            {
                images++;
                var name = string.Create(CultureInfo.InvariantCulture, $"{path} line {rows.LineNumber}");
                yield return new SourceImage(name, part, labels?.Of(row.Id!, rows.LineNumber, context) ?? row.Label!)
                {
                    Pixels = pixels,
                    Width = side,
                    Height = side,
                    Channels = channels,
                    IsValidation = isValidation,
                };
            }
        }
        while (await rows.FillAsync(cancellation));

        rows.CheckEnd(images);
    }

    private static bool TryRead(CsvRows rows, int side, int channels, out CsvRow row, out byte[] pixels)
    {
        var target = new byte[side * side * channels];
        pixels = target;
        return rows.TryReadRow(() => target, out row);
    }

    private static (int Side, int Channels) ShapeOf(CsvLayout layout, CsvLabels? labels, ReadContext context)
    {
        if (layout.Label is null && labels is null)
        {
            throw context.Error(
                $"the header needs a column of labels ({string.Join(", ", CsvRules.Labelled.LabelNames)}) beside its "
                + $"{layout.PixelCount} columns of pixels");
        }

        return PixelShape.OfRow(layout.PixelCount) ?? throw context.Error(
            $"the header should name S x S columns of grey pixels or 3 x S x S of colours, found {layout.PixelCount}");
    }
}
