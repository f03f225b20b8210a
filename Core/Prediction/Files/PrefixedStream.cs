namespace ServerlessFashion.Prediction.Files;

/// <summary>A stream from which some bytes have been read already, whole again. Leaves the stream below open.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadingStream
{
    private int _given;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The stream below, put back to its very beginning; null if that is not where the prefix began or it cannot seek.</summary>
    public Stream? Rewound()
    {
        if (!rest.CanSeek || rest.Position != prefix.Length)
        {
            return null;
        }

        rest.Position = 0;
        return rest;
    }

    public override int Read(Span<byte> buffer) => TakePrefix(buffer) is var taken and > 0 ? taken : rest.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TakePrefix(buffer.Span) is var taken and > 0 ? ValueTask.FromResult(taken) : rest.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    private int TakePrefix(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, prefix.Length - _given);
        prefix.Span.Slice(_given, taken).CopyTo(buffer);
        _given += taken;
        return taken;
    }
}
