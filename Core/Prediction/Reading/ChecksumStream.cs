using System.IO.Hashing;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>
/// Computes the checksum of the bytes that are read, and compares it with the expected one at the end. Leaves the inner stream open.
/// </summary>
/// <param name="owned">A stream that is disposed with this one.</param>
internal sealed class ChecksumStream(Stream inner, uint expected, ReadContext context, Stream? owned = null) : ReadingStream
{
    /// <summary>What is said of a damaged part of an input.</summary>
    public const string Wrong = "its checksum is wrong; it was damaged, so copy or create it again";

    private readonly Crc32 _checksum = new();

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Reading is asynchronous.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _checksum.Append(buffer.Span[..read]);
        return read > 0 || buffer.IsEmpty || _checksum.GetCurrentHashAsUInt32() == expected
            ? read
            : throw context.Error(Wrong);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        owned?.Dispose();
        base.Dispose(disposing);
    }
}
