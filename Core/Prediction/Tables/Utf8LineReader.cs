namespace ServerlessFashion.Prediction.Tables;

/// <summary>
/// Splits a stream into lines that end in LF, CR LF or CR, or at the end of the stream. It uses memory for at most two lines of the
/// maximum length, or 128 KiB.
/// </summary>
internal sealed class Utf8LineReader(Stream stream, int longestLine)
{
    private readonly byte[] _buffer = new byte[Math.Max(128 << 10, 2 * longestLine)];
    private int _start;
    private int _end;
    private bool _endOfStream;

    /// <summary>Number of the last returned line, counted from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Returns the next line of the buffer without its line end. False if more must be read first, or nothing is left.</summary>
    /// <exception cref="LineTooLongException">The line exceeds the maximum length.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var read = _buffer.AsSpan(_start, _end - _start);
        var length = read.IndexOfAny((byte)'\n', (byte)'\r');
        if (Math.Max(length, length < 0 ? read.Length : 0) > longestLine)
        {
            throw new LineTooLongException(LineNumber + 1);
        }

        // A CR at the end of what has been read may be half a CR LF.
        var undecided = length < 0 || (read[length] == '\r' && length + 1 == read.Length);
        if (read.IsEmpty || (undecided && !_endOfStream))
        {
            line = default;
            return false;
        }

        line = length < 0 ? read : read[..length];
        _start += length < 0 ? read.Length : length + EndLength(read[length..]);
        LineNumber++;
        return true;
    }

    /// <summary>Reads more of the stream; false at its end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_endOfStream)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _endOfStream = read == 0;
        return true;
    }

    private static int EndLength(ReadOnlySpan<byte> end) => end is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
}

/// <summary>A line is longer than the reader allows.</summary>
internal sealed class LineTooLongException(long lineNumber) : Exception
{
    public long LineNumber { get; } = lineNumber;
}
