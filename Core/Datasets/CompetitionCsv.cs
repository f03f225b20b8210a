using System.Buffers;
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

    /// <summary>Creates <paramref name="folder"/> and writes the three files to it. Each file appears only when it is complete.</summary>
    public static async Task ExportAsync(FashionMnist data, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var layout = SplitLayout.Of(data, DatasetSplit.Competition);
        var (train, test) = ((layout.FirstTrain, layout.TrainCount), (layout.FirstTest, layout.TestCount));
        await WriteAsync(data, train, Path.Combine(folder, Train), labels: true, pixels: true, cancellationToken);
        await WriteAsync(data, test, Path.Combine(folder, TestImages), labels: false, pixels: true, cancellationToken);
        await WriteAsync(data, test, Path.Combine(folder, TestLabels), labels: true, pixels: false, cancellationToken);
    }

    private static async Task WriteAsync(
        FashionMnist data, (int First, int Count) images, string path, bool labels, bool pixels, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20))
            {
                var line = new ArrayBufferWriter<byte>();
                var csv = new CsvWriter(line);
                AddHeader(csv, labels, pixels);
                for (var row = 0; row < images.Count; row++)
                {
                    AddRow(csv, data, images.First + row, row, labels, pixels);
                    await file.WriteAsync(line.WrittenMemory, cancellationToken);
                    line.ResetWrittenCount();
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void AddHeader(CsvWriter csv, bool labels, bool pixels)
    {
        csv.Add("Id");
        if (labels)
        {
            csv.Add("Label");
        }

        for (var pixel = 0; pixels && pixel < FashionMnist.PixelsPerImage; pixel++)
        {
            csv.Add(pixel);
        }

        csv.EndRow();
    }

    private static void AddRow(CsvWriter csv, FashionMnist data, int image, int id, bool labels, bool pixels)
    {
        csv.Add(id);
        if (labels)
        {
            csv.Add(data.Label(image, LabelScheme.Five));
        }

        if (pixels)
        {
            csv.AddEach(data.Image(image));
        }

        csv.EndRow();
    }
}
