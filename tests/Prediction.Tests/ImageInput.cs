using System.Text;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>Reads inputs through the public entrance.</summary>
internal static partial class ImageInput
{
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

    public static Task<string> ErrorOfAsync(string text, ReadOptions? options = null) =>
        ErrorOfAsync(Encoding.UTF8.GetBytes(text), options);
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
