namespace ServerlessFashion.Cli.Input;

/// <summary>
/// Lets a cancellation end the wait for a pipe or a terminal, whose reads the system does not interrupt. A read that was given up goes on
/// in the background into memory of its own until the pipe is closed or the process ends.
/// </summary>
internal sealed class InterruptibleStream(Stream inner) : Stream
{
    private const int ChunkBytes = 64 << 10;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var chunk = new byte[Math.Min(buffer.Length, ChunkBytes)];
        var read = await Task.Run(() => inner.Read(chunk), CancellationToken.None).WaitAsync(cancellationToken);
        chunk.AsMemory(0, read).CopyTo(buffer);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
