using System.IO.Compression;

namespace ServerlessFashion.Tests;

internal static class Gzip
{
    public static byte[] Compress(params byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
