using System.IO.Compression;
using System.Text;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>Builds inputs byte by byte.</summary>
internal static partial class ImageInput
{
    public static string Header(bool labelled = false) =>
        (labelled ? "Id,Label," : "Id,") + string.Join(',', Enumerable.Range(0, 784));

    /// <summary>A row whose pixel p is (p + seed) modulo 256.</summary>
    public static string Row(string id, int seed, string? label = null) =>
        $"{id},{(label is null ? "" : label + ",")}{string.Join(',', Pixels(seed))}";

    public static byte[] Pixels(int seed) => [.. Enumerable.Range(0, 784).Select(pixel => (byte)((pixel + seed) % 256))];

    public static byte[] Idx(int count, uint rows = 28, uint columns = 28, uint? promised = null)
    {
        var bytes = new List<byte> { 0, 0, 8, 3 };
        foreach (var size in new[] { promised ?? (uint)count, rows, columns })
        {
            bytes.AddRange([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
        }

        for (var image = 0; image < count; image++)
        {
            bytes.AddRange(Pixels(image));
        }

        return [.. bytes];
    }

    /// <summary>An NPY file of version 1 as numpy.lib.format describes it.</summary>
    public static byte[] Npy(string dictionary, byte[] values)
    {
        var header = dictionary.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. values];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(CompressionLevel.Fastest, entries);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    public static byte[] Picture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", name));
}
