using ServerlessFashion.Cli.Display.Tables;

namespace ServerlessFashion.Cli.Display;

/// <summary>
/// Passes rows of UTF-8 text to a terminal, with '?' or a space for the control characters of <see cref="TerminalText"/>. A file and a pipe
/// get the rows as they are.
/// </summary>
internal sealed class TerminalStream(Stream terminal) : Stream
{
    private const byte Replacement = (byte)'?';
    private const byte Delete = 0x7f;

    /// <summary>The control characters U+0080 to U+009F take this byte and one up to <see cref="LastOfC1"/>.</summary>
    private const byte FirstByteOfC1 = 0xc2;

    private const byte LastOfC1 = 0x9f;

    private byte _before;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var safe = buffer.ToArray();
        for (var index = 0; index < safe.Length; index++)
        {
            var (found, before) = (safe[index], _before);
            _before = found;
            if (found is Delete or (< (byte)' ' and not ((byte)'\n' or (byte)'\r' or (byte)'\t')))
            {
                safe[index] = Replacement;
            }
            else if (before == FirstByteOfC1 && found <= LastOfC1)
            {
                // Two bytes stay two bytes: U+00A0 is a space.
                safe[index] = LastOfC1 + 1;
            }
        }

        terminal.Write(safe);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => terminal.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            terminal.Dispose();
        }

        base.Dispose(disposing);
    }
}
