namespace ServerlessFashion.Prediction.Reading;

/// <summary>Restores a stream from which some bytes have already been read. It leaves the inner stream open.</summary>
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

    /// <summary>Returns the first bytes of <paramref name="content"/>, and a stream with the complete content.</summary>
    public static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Whole)> PeekAsync(Stream content, CancellationToken cancellation)
    {
        var head = new byte[ImageFormat.HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var peeked = head.AsMemory(0, length);
        return (peeked, new PrefixedStream(peeked, content));
    }

    /// <summary>The inner stream at its start; null if it cannot seek or the prefix did not begin there.</summary>
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
