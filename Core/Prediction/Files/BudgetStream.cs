namespace ServerlessFashion.Prediction.Files;

/// <summary>A stream that gives only so many bytes: bounds what a library reads into memory. Leaves the stream below open.</summary>
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

    /// <summary>Sets how many bytes may be read from now on, and what the error says if more are.</summary>
    public void Allow(long bytes, string exceeded) => (_left, _exceeded) = (bytes, exceeded);

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    /// <summary>Where a damaged file points outside itself, files, memory and blobs fail in ways of their own: here all say the same.</summary>
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
