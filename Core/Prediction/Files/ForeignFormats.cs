namespace ServerlessFashion.Prediction.Files;

/// <summary>Formats that are known but not read. Messages name them and say how to convert a file.</summary>
internal static class ForeignFormats
{
    private const string SavePicture = "save the picture as JPEG or PNG";
    private const string SaveTable = "save the table as CSV";
    private const string SaveArray = "save the array with numpy.save, as NPY";
    private const string Unpack = "unpack it, or pack the files as ZIP";

    /// <summary>Signatures at the beginning of a file, from the specifications of the formats.</summary>
    private static readonly (byte[] Signature, string Name, string Remedy)[] All =
    [
        ([.. "II*\0"u8], "a TIFF picture", SavePicture),
        ([.. "MM\0*"u8], "a TIFF picture", SavePicture),
        ([0xff, 0x0a], "a JPEG XL picture", SavePicture),
        ([0, 0, 0, 12, .. "JXL "u8], "a JPEG XL picture", SavePicture),
        ([0, 0, 0, 12, .. "jP  "u8], "a JPEG 2000 picture", SavePicture),
        ([.. "8BPS"u8], "a Photoshop file", SavePicture),
        ([.. "%PDF-"u8], "a PDF document", SavePicture),
        ([.. "<svg"u8], "an SVG drawing", SavePicture),
        ([.. "<?xml"u8], "an XML file", SavePicture),
        ([.. "PAR1"u8], "a Parquet file", SaveTable),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an old Excel workbook", SaveTable),
        ([.. "ARROW1"u8], "an Arrow file", SaveTable),
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file", SaveArray),
        ([.. "MATLAB "u8], "a MATLAB file", SaveArray),
        ([0x80, 2], "a Python pickle", SaveArray),
        ([0x80, 3], "a Python pickle", SaveArray),
        ([0x80, 4], "a Python pickle", SaveArray),
        ([0x80, 5], "a Python pickle", SaveArray),
        ([.. "{"u8], "a JSON file", "send it as the body of POST /predictions, or save its values as CSV"),
        ([.. "["u8], "a JSON file", "send it as the body of POST /predictions, or save its values as CSV"),
        ([.. "<!DOCTYPE"u8], "a web page", "download the file itself"),
        ([.. "<html"u8], "a web page", "download the file itself"),
        ([.. "version https://"u8], "a pointer of Git LFS", "fetch the file itself with git lfs pull"),
        ([.. "7z"u8, 0xbc, 0xaf], "a 7-Zip archive", Unpack),
        ([.. "Rar!"u8], "a RAR archive", Unpack),
        ([.. "BZh"u8], "a bzip2 file", Unpack),
        ([0xfd, .. "7zXZ"u8], "an XZ file", Unpack),
        ([0x28, 0xb5, 0x2f, 0xfd], "a Zstandard file", Unpack),
    ];

    /// <summary>The format of a file that begins with <paramref name="head"/> and the remedy; null if it is none of these.</summary>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head is [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..])
        {
            var isAvif = head[8..].StartsWith("avi"u8);
            var isHeic = head[8..].StartsWith("he"u8) || head[8..].StartsWith("mif1"u8) || head[8..].StartsWith("msf1"u8);
            return isHeic || isAvif
                ? $"it is {(isAvif ? "an AVIF" : "a HEIC")} picture, which cannot be read; {SavePicture}"
                : $"it is a video, which cannot be read; {SavePicture}";
        }

        foreach (var (signature, name, remedy) in All)
        {
            if (head.StartsWith(signature))
            {
                return Sentence(name, remedy);
            }
        }

        return null;
    }

    /// <summary>The format of an archive with these entries and the remedy; null if it is an ordinary archive.</summary>
    public static string? DescribeArchive(IReadOnlyCollection<string> entries) =>
        entries.Any(name => name.StartsWith("xl/", StringComparison.Ordinal)) ? Sentence("an Excel workbook", SaveTable)
        : entries.Contains("content.xml") ? Sentence("an OpenDocument file", SaveTable)
        : entries.Any(name => name.StartsWith("word/", StringComparison.Ordinal)) ? Sentence("a Word document", SavePicture)
        : entries.Any(name => name.EndsWith("data.pkl", StringComparison.Ordinal)) ? Sentence("a PyTorch file", SaveArray)
        : null;

    private static string Sentence(string name, string remedy) => $"it is {name}, which cannot be read; {remedy}";
}
