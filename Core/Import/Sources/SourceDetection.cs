using ServerlessFashion.Import.Files;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Pictures;

namespace ServerlessFashion.Import.Sources;

/// <summary>Tells how a source holds its images.</summary>
internal static class SourceDetection
{
    private const string Accepted =
        "expected a folder or ZIP with a folder of pictures for each class, IDX pairs, CSV with a column of labels, NPZ or Parquet";

    /// <exception cref="InvalidInputException">The source has no form that is known.</exception>
    public static async Task<LabelledSource> DetectAsync(SourceFiles files, CancellationToken cancellation)
    {
        if (files is SingleFile)
        {
            return await DetectFileAsync(files, cancellation);
        }

        if (files.Paths.Count == 0)
        {
            throw files.Context.Error("it holds no files");
        }

        if (files.Paths.Any(IdxPairs.IsImages))
        {
            return new IdxPairs(files);
        }

        if (files.Paths.Any(ParquetTables.Is))
        {
            return await ParquetTables.OpenAsync(files, cancellation);
        }

        return files.Paths.Any(SkippedFiles.IsPictureName) ? new PictureTree(files)
            : NpzArrays.Is(files.Paths) ? new NpzArrays(files)
            : files.Paths.Any(CsvTables.Is) ? new CsvTables(files)
            : new PictureTree(files);
    }

    private static async Task<LabelledSource> DetectFileAsync(SourceFiles files, CancellationToken cancellation)
    {
        var path = files.Paths[0];
        var (head, content, packed) = await files.OpenUnpackedAsync(path, cancellation);
        await using var closed = packed;
        await using var unpacked = content;
        if (head.IsEmpty)
        {
            throw files.Context.Error("the file is empty");
        }

        if (head.Span.StartsWith("PAR1"u8))
        {
            return await ParquetTables.OpenAsync(files, cancellation);
        }

        if (head.Span is [0, 0, >= 8 and <= 14, _, ..])
        {
            throw files.Context.Error("it is one IDX file; name the folder that holds the images and the labels");
        }

        if (head.Span is [0x93, (byte)'N', (byte)'U', ..])
        {
            throw files.Context.Error("an NPY file has no labels; save both with np.savez(file, x_train=images, y_train=labels)");
        }

        if (PictureReader.IsPicture(head.Span))
        {
            throw files.Context.Error("it is one picture; name the folder that has a folder of pictures for each class");
        }

        return ForeignFormats.Describe(head.Span) is { } foreign ? throw files.Context.Error(foreign)
            : ImageFile.IsText(head.Span) ? new CsvTables(files)
            : throw files.Context.Error($"{Accepted}, found a file that begins with the bytes {Convert.ToHexString(head.Span)}");
    }
}
