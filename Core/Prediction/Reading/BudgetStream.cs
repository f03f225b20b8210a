namespace ServerlessFashion.Prediction.Reading;

/// <summary>A stream with a byte limit: it bounds the memory that a library reads. It leaves the inner stream open.</summary>
internal sealed class BudgetStream(Stream inner, ReadContext context) : ReadingStream
{
    private long _left;
    private string _exceeded = "";

    public override bool CanSeek => inner.CanSeek;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Sets the number of bytes that may be read from now on, and the error message for more.</summary>
    public void Allow(long bytes, string exceeded) => (_left, _exceeded) = (bytes, exceeded);

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    /// <summary>
    /// If a damaged file points outside itself, files, memory and blobs fail with different errors. This method makes them equal.
    /// </summary>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => inner.Position,
            _ => inner.Length,
        };
        return offset >= -start && offset <= inner.Length - start
            ? inner.Seek(offset, origin)
            : throw new InvalidDataException("It points outside itself.");
    }

    private int Count(int bytes)
    {
        _left -= bytes;
        return _left >= 0 ? bytes : throw context.Error(_exceeded);
    }
}
