using System.IO.Compression;
using System.Text;
using ServerlessFashion.Prediction;

namespace ServerlessFashion.Core.Tests.Prediction;

/// <summary>Builds inputs byte by byte, and reads them through the public entrance.</summary>
internal static class ImageInput
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

    public static byte[] Picture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Prediction/Files", name));

    public static Task<ImagesRead> ReadAsync(string text, ReadOptions? options = null) => ReadAsync(Encoding.UTF8.GetBytes(text), options);

    public static Task<ImagesRead> ReadAsync(byte[] bytes, ReadOptions? options = null) => ReadAsync(new MemoryStream(bytes), options);

    public static async Task<ImagesRead> ReadAsync(Stream stream, ReadOptions? options = null)
    {
        var read = new ImagesRead([], [], []);
        await foreach (var batch in ImageFile.ReadAsync(stream, "file", options, read.Warnings.Add, TestContext.Current.CancellationToken))
        {
            read.Ids.AddRange(batch.Ids);
            read.Pixels.AddRange(batch.Pixels.ToArray().Chunk(784));
            batch.Dispose();
        }

        return read;
    }

    /// <summary>The message that reading <paramref name="bytes"/> is refused with.</summary>
    public static async Task<string> ErrorOfAsync(byte[] bytes, ReadOptions? options = null) =>
        (await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(bytes, options))).Message;

    public static Task<string> ErrorOfAsync(string text, ReadOptions? options = null) => ErrorOfAsync(Encoding.UTF8.GetBytes(text), options);
}

internal sealed record ImagesRead(List<string> Ids, List<byte[]> Pixels, List<string> Warnings);

/// <summary>A stream that gives its content in pieces of uneven size and cannot seek, as a network connection does.</summary>
internal sealed class DripStream(byte[] content) : MemoryStream(content)
{
    private int _reads;

    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (_reads++ * 37 % 101)));

    public override int Read(Span<byte> buffer)
    {
        var piece = new byte[buffer.Length];
        var read = Read(piece, 0, piece.Length);
        piece.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));
}
