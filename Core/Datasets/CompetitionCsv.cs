using System.Globalization;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Datasets;

/// <summary>
/// Writes the competition's files from the published data set. An Id is the 0-based row within its file, as in the submissions that
/// competitors published (Ids 0..9999).
/// </summary>
public static class CompetitionCsv
{
    /// <summary><c>Id,Label,0,...,783</c>: the 60,000 training images with their labels.</summary>
    public const string Train = "train.csv";

    /// <summary><c>Id,0,...,783</c>: the 10,000 test images.</summary>
    public const string TestImages = "testX.csv";

    /// <summary><c>Id,Label</c>: the test labels in the form of a submission. Competitors did not get them.</summary>
    public const string TestLabels = "testY.csv";

    // A value with the comma before it, for each grey value.
    private static readonly byte[][] CommaAndValue =
        [.. Enumerable.Range(0, 256).Select(value => Encoding.ASCII.GetBytes($",{value}"))];

    /// <summary>Creates <paramref name="folder"/> and writes the three files to it. Each file appears only when it is complete.</summary>
    public static async Task ExportAsync(FashionMnist data, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var layout = SplitLayout.Of(data, DatasetSplit.Competition);
        await WriteAsync(data, layout.FirstTrain, layout.TrainCount, Path.Combine(folder, Train), labels: true, pixels: true, cancellationToken);
        await WriteAsync(data, layout.FirstTest, layout.TestCount, Path.Combine(folder, TestImages), labels: false, pixels: true, cancellationToken);
        await WriteAsync(data, layout.FirstTest, layout.TestCount, Path.Combine(folder, TestLabels), labels: true, pixels: false, cancellationToken);
    }

    private static async Task WriteAsync(
        FashionMnist data, int first, int count, string path, bool labels, bool pixels, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20))
            {
                await file.WriteAsync(Header(labels, pixels), cancellationToken);
                var line = new byte[16 + (4 * (LabelledImages.PixelsPerImage + 1))];
                for (var row = 0; row < count; row++)
                {
                    var length = Format(data, first + row, row, labels, pixels, line);
                    await file.WriteAsync(line.AsMemory(0, length), cancellationToken);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static byte[] Header(bool labels, bool pixels)
    {
        IEnumerable<string> columns = ["Id"];
        columns = labels ? columns.Append("Label") : columns;
        columns = pixels
            ? columns.Concat(Enumerable.Range(0, LabelledImages.PixelsPerImage).Select(pixel => pixel.ToString(CultureInfo.InvariantCulture)))
            : columns;
        return Encoding.ASCII.GetBytes(string.Join(',', columns) + "\n");
    }

    private static int Format(FashionMnist data, int image, int id, bool labels, bool pixels, Span<byte> line)
    {
        id.TryFormat(line, out var length, provider: CultureInfo.InvariantCulture);
        if (labels)
        {
            Append(data.Label(image, LabelScheme.Five), line, ref length);
        }

        if (pixels)
        {
            foreach (var pixel in data.Image(image))
            {
                Append(pixel, line, ref length);
            }
        }

        line[length++] = (byte)'\n';
        return length;
    }

    private static void Append(byte value, Span<byte> line, ref int length)
    {
        CommaAndValue[value].CopyTo(line[length..]);
        length += CommaAndValue[value].Length;
    }
}
