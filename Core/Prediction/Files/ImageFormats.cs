using ServerlessFashion.Prediction.Arrays;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Files;

/// <summary>The formats that <see cref="ImageFile"/> reads. To add one, write its reader and list it here.</summary>
internal static class ImageFormats
{
    /// <summary>At most one of them matches: no head of another format is text, as CSV is.</summary>
    private static readonly ImageFormat[] All =
    [
        CsvImageReader.Format,
        IdxImageReader.Format,
        NpyImageReader.Format,
        PictureReader.Format,
        ZipImageReader.Format,
    ];

    /// <summary>The format of a file that begins with <paramref name="head"/>.</summary>
    /// <param name="inGzip">True for the content of a gzip file.</param>
    /// <exception cref="InvalidInputException">It is none of them.</exception>
    public static ImageFormat Detect(ReadOnlyMemory<byte> head, bool inGzip, ReadContext context)
    {
        if (head.IsEmpty)
        {
            throw context.Error("the file is empty");
        }

        if (ForeignFormats.Describe(head.Span) is { } foreign)
        {
            throw context.Error(foreign);
        }

        return All.FirstOrDefault(format => (format.IsAlsoGzipped || !inGzip) && format.Matches(head.Span))
            ?? throw context.Error(
                $"the format is none of {List(All.Where(format => format.IsAlsoGzipped))} (also in gzip), "
                + $"{List(All.Where(format => !format.IsAlsoGzipped))}; the file begins with the bytes {Convert.ToHexString(head.Span)}");
    }

    private static string List(IEnumerable<ImageFormat> formats) => string.Join(", ", formats.Select(format => format.Name));
}
