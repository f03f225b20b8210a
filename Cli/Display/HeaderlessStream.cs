namespace ServerlessFashion.Cli.Display;

/// <summary>Passes on the written bytes except the first line. Leaves the inner stream open.</summary>
internal sealed class HeaderlessStream(Stream inner) : Stream
{
    private bool _headerPassed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(AfterHeader(buffer.AsMemory(offset, count)).Span);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await inner.WriteAsync(AfterHeader(buffer), cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private ReadOnlyMemory<byte> AfterHeader(ReadOnlyMemory<byte> buffer)
    {
        if (_headerPassed)
        {
            return buffer;
        }

        var end = buffer.Span.IndexOf((byte)'\n');
        _headerPassed = end >= 0;
        return end < 0 ? ReadOnlyMemory<byte>.Empty : buffer[(end + 1)..];
    }
}
