using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>
/// Unpacks gzip (RFC 1952), also of several members. It checks what the framework's reader lets pass or calls by another name: the end of
/// the file, the checksum and length of each member, and bytes after the last member. It leaves the inner stream open.
/// </summary>
/// <remarks>
/// The framework's Deflate reader does not tell where the packed data ends in the piece that it took last. There, the checksum and length
/// of the unpacked data follow; these eight bytes are known, so the reader looks for them.
/// </remarks>
internal sealed class GzipReader(Stream inner, ReadContext context) : ReadingStream
{
    private const int HeaderBytes = 10;
    private const int TrailerBytes = 8;
    private const byte Deflate = 8;

    private readonly PieceStream _packed = new(inner);
    private readonly Crc32 _checksum = new();
    private DeflateStream? _member;
    private uint _length;
    private bool _atEnd;
    private long _members;

    [Flags]
    private enum Extras : byte
    {
        HeaderChecksum = 2,
        Extra = 4,
        Name = 8,
        Comment = 16,
    }

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
        while (!buffer.IsEmpty && !_atEnd)
        {
            if (_member is null && !await BeginMemberAsync(cancellationToken))
            {
                break;
            }

            var read = await UnpackAsync(_member!, buffer, cancellationToken);
            if (read > 0)
            {
                _checksum.Append(buffer.Span[..read]);
                _length += (uint)read;
                return read;
            }

            await EndMemberAsync(cancellationToken);
        }

        return 0;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _member?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> UnpackAsync(DeflateStream member, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await member.ReadAsync(buffer, cancellation);
        }
        catch (InvalidDataException exception)
        {
            // Also thrown where the file ends too early.
            await _packed.ExtendAsync(1, cancellation);
            throw _packed.Piece.IsEmpty ? CutOff(exception) : context.Error("the gzip data is damaged", exception);
        }
    }

    /// <summary>Reads the header of the next member. Padding with zeros is allowed at the end of the file.</summary>
    /// <returns>False at the end of the file.</returns>
    private async ValueTask<bool> BeginMemberAsync(CancellationToken cancellation)
    {
        var header = new byte[HeaderBytes];
        var read = await _packed.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation);
        if (_members > 0 && !header.AsSpan(0, read).ContainsAnyExcept((byte)0))
        {
            while (read > 0)
            {
                read = await _packed.ReadAsync(header, cancellation);
                RequireGzip(!header.AsSpan(0, read).ContainsAnyExcept((byte)0));
            }

            _atEnd = true;
            return false;
        }

        RequireGzip(header is [0x1f, 0x8b, ..]);
        if (read < HeaderBytes)
        {
            throw CutOff();
        }

        if (header[2] != Deflate)
        {
            throw context.Error($"the gzip compression method should be {Deflate}, found {header[2]}");
        }

        await SkipExtrasAsync((Extras)header[3], cancellation);
        _member = new DeflateStream(_packed, CompressionMode.Decompress, leaveOpen: true);
        _checksum.Reset();
        _length = 0;
        _members++;
        return true;
    }

    private void RequireGzip(bool isGzip)
    {
        if (!isGzip)
        {
            throw context.Error("bytes that are not gzip follow the gzip data; pack the file again");
        }
    }

    private async ValueTask SkipExtrasAsync(Extras extras, CancellationToken cancellation)
    {
        if (extras.HasFlag(Extras.Extra))
        {
            var length = await NextAsync(cancellation) | (await NextAsync(cancellation) << 8);
            await SkipAsync(length, cancellation);
        }

        foreach (var text in new[] { Extras.Name, Extras.Comment })
        {
            while (extras.HasFlag(text) && await NextAsync(cancellation) != 0)
            {
            }
        }

        await SkipAsync(extras.HasFlag(Extras.HeaderChecksum) ? 2 : 0, cancellation);
    }

    private async ValueTask SkipAsync(int bytes, CancellationToken cancellation)
    {
        for (; bytes > 0; bytes--)
        {
            await NextAsync(cancellation);
        }
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellation)
    {
        var one = new byte[1];
        return await _packed.ReadAsync(one, cancellation) == 1 ? one[0] : throw CutOff();
    }

    /// <summary>Finds the checksum and the length after the packed data, and compares them.</summary>
    private async ValueTask EndMemberAsync(CancellationToken cancellation)
    {
        await _packed.ExtendAsync(TrailerBytes, cancellation);
        var trailer = new byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(sizeof(uint)), _length);
        var found = FindTrailer(_packed.Piece, trailer);
        if (found < 0)
        {
            // One of the two fields is right where the other one is wrong.
            var rest = _packed.Piece;
            var isDamaged = rest.Length >= TrailerBytes
                && (rest[..^sizeof(uint)].IndexOf(trailer.AsSpan(0, sizeof(uint))) >= 0
                    || rest[sizeof(uint)..].IndexOf(trailer.AsSpan(sizeof(uint))) >= 0);
            throw isDamaged ? context.Error("the checksum of the gzip data is wrong; it is damaged") : CutOff();
        }

        _packed.GoTo(found + TrailerBytes);
        _member!.Dispose();
        _member = null;
    }

    /// <summary>
    /// The first position after which gzip may go on. The trailer of an empty member is all zeros, as is the end of its packed data.
    /// </summary>
    private static int FindTrailer(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> trailer)
    {
        var first = piece.IndexOf(trailer);
        for (var found = first; found >= 0 && found + TrailerBytes <= piece.Length; found++)
        {
            var rest = piece[(found + TrailerBytes)..];
            if (piece[found..].StartsWith(trailer) && (rest is [0x1f, ..] || !rest.ContainsAnyExcept((byte)0)))
            {
                return found;
            }
        }

        return first;
    }

    private InvalidInputException CutOff(Exception? inner = null) => context.Error("the gzip data is cut off", inner);
}
