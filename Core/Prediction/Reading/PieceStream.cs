namespace ServerlessFashion.Prediction.Reading;

/// <summary>
/// Gives a stream in small pieces and remembers the last one, because an unpacking library takes a whole piece and does not tell how much
/// of it belonged to the packed data. It leaves the inner stream open.
/// </summary>
internal sealed class PieceStream(Stream inner) : ReadingStream
{
    private const int PieceBytes = 4096;

    private byte[] _piece = new byte[PieceBytes];
    private int _given;
    private int _end;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The bytes of the last piece, given or not.</summary>
    public ReadOnlySpan<byte> Piece => _piece.AsSpan(0, _end);

    /// <summary>Reads on until <see cref="Piece"/> has that many bytes more, or the inner stream ends.</summary>
    public async ValueTask ExtendAsync(int bytes, CancellationToken cancellation)
    {
        Array.Resize(ref _piece, Math.Max(_piece.Length, _end + bytes));
        _end += await inner.ReadAtLeastAsync(_piece.AsMemory(_end, bytes), bytes, throwOnEndOfStream: false, cancellation);
    }

    /// <summary>Lets reading go on with byte <paramref name="position"/> of the last piece.</summary>
    public void GoTo(int position) => _given = position;

    public override int Read(Span<byte> buffer)
    {
        if (_given == _end)
        {
            (_given, _end) = (0, inner.Read(_piece.AsSpan(0, PieceBytes)));
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == _end)
        {
            var read = await inner.ReadAsync(_piece.AsMemory(0, PieceBytes), cancellationToken);
            (_given, _end) = (0, read);
        }

        return Give(buffer.Span);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    private int Give(Span<byte> buffer)
    {
        var given = Math.Min(buffer.Length, _end - _given);
        _piece.AsSpan(_given, given).CopyTo(buffer);
        _given += given;
        return given;
    }
}
