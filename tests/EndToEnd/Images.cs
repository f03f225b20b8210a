using System.Globalization;
using System.IO.Compression;

namespace ServerlessFashion.EndToEnd;

/// <summary>Files to predict.</summary>
internal static class Images
{
    /// <summary>28x28 grey: a square that gets brighter from left to right, on black. Made with Python's zlib and struct.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAAKElEQVR42mNgGJRA18zeIzAqOae0"
        + "rn3CzEWrt+w9dn5UclQSXZK+AAD287GvbI+/PQAAAABJRU5ErkJggg==");

    /// <summary>The competition's CSV with so many images of one grey value each; ids count from 0.</summary>
    public static string Csv(int images) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(Enumerable.Range(0, images)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{string.Join(',', Enumerable.Repeat(i % 256, 784))}\n")));

    /// <summary>A ZIP of one entry.</summary>
    public static byte[] Zip(string entry, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
