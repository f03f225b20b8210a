using System.Globalization;
using System.Text;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// The labels of a CSV of images that has none: <c>testY.csv</c> beside <c>testX.csv</c>, with a column of labels and perhaps one of ids.
/// Without ids, the rows of both files belong together.
/// </summary>
internal sealed class CsvLabels
{
    private const int LongestLine = 16 << 10;

    private readonly Dictionary<string, string> _labels = [];
    private readonly string _path;

    private CsvLabels(string path) => _path = path;

    /// <summary>The file of labels that belongs to a file of images: <c>...Y.csv</c> to <c>...X.csv</c>; null if there is none.</summary>
    public static string? PathFor(string images, IReadOnlyCollection<string> paths)
    {
        var dot = images.IndexOf(".csv", images.LastIndexOf('/') + 1, StringComparison.OrdinalIgnoreCase);
        if (dot < 1 || images[dot - 1] is not ('X' or 'x'))
        {
            return null;
        }

        var stem = images[..(dot - 1)];
        return paths.FirstOrDefault(path => path.Equals($"{stem}Y.csv", StringComparison.OrdinalIgnoreCase)
            || path.Equals($"{stem}Y.csv.gz", StringComparison.OrdinalIgnoreCase));
    }

    /// <exception cref="InvalidInputException">The file has no column of labels, or a row cannot be read.</exception>
    public static async Task<CsvLabels> ReadAsync(SourceFiles files, string path, CancellationToken cancellation)
    {
        var (_, content, packed) = await files.OpenUnpackedAsync(path, cancellation);
        await using var closed = packed;
        await using var unpacked = content;
        await using var text = await CsvImageReader.OpenAsync(unpacked, cancellation);
        var lines = new Utf8LineReader(text, LongestLine);
        var labels = new CsvLabels(path);
        (int Count, int? Id, int Label)? header = null;
        do
        {
            while (TryRead(lines, files.Part(path), out var fields))
            {
                if (header is null)
                {
                    header = ReadHeader(fields, files.Part(path));
                }
                else
                {
                    labels.Add(fields, header.Value, lines.LineNumber, files.Part(path));
                }
            }
        }
        while (await lines.FillAsync(cancellation));

        return labels;
    }

    /// <summary>The label of a row.</summary>
    /// <param name="id">The id, or the position of the row from 0.</param>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public string Of(string id, long line, ReadContext context) => _labels.TryGetValue(id, out var label)
        ? label
        : throw context.Error($"line {line}: {ReadContext.Shown(_path)} has no label for the id {ReadContext.Shown(id)}");

    private void Add(List<string> fields, (int Count, int? Id, int Label) header, long line, ReadContext context)
    {
        if (fields.Count != header.Count || fields[header.Label].Length == 0)
        {
            throw context.Error($"line {line}: expected {header.Count} columns with a label, found {fields.Count}");
        }

        var id = header.Id is { } column ? fields[column] : _labels.Count.ToString(CultureInfo.InvariantCulture);
        if (!_labels.TryAdd(id, fields[header.Label]))
        {
            throw context.Error($"line {line}: the id {ReadContext.Shown(id)} has a label already");
        }
    }

    private static (int Count, int? Id, int Label) ReadHeader(List<string> names, ReadContext context)
    {
        var label = names.FindIndex(name => CsvRules.Labelled.LabelNames.Contains(name, StringComparer.OrdinalIgnoreCase));
        var id = names.FindIndex(name => name.Equals("id", StringComparison.OrdinalIgnoreCase));
        return label >= 0 && names.Count == (id >= 0 ? 2 : 1)
            ? (names.Count, id >= 0 ? id : null, label)
            : throw context.Error(
                "the header of a file of labels should be 'Id,Label' or 'Label', found "
                + ReadContext.Shown(string.Join(',', names)));
    }

    private static bool TryRead(Utf8LineReader lines, ReadContext context, out List<string> fields)
    {
        fields = [];
        try
        {
            while (lines.TryRead(out var line))
            {
                var mark = Encoding.UTF8.Preamble;
                var rest = new CsvFields(line.StartsWith(mark) ? line[mark.Length..] : line);
                while (!line.IsEmpty && rest.TryRead(out var field))
                {
                    fields.Add(CsvFields.Text(field)?.Trim() ?? "");
                }

                if (fields.Count > 0)
                {
                    return true;
                }
            }
        }
        catch (LineTooLongException e)
        {
            throw context.Error($"line {e.LineNumber} is longer than {LongestLine} bytes", e);
        }

        return false;
    }
}
