using System.IO.Compression;
using System.IO.Hashing;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>An open ZIP whose directory was checked. It reads one entry after the other and leaves the stream open.</summary>
internal sealed class ZipContent : IAsyncDisposable
{
    /// <summary>Entries below this size have no limit on their packing ratio.</summary>
    private const int RatioFreeBytes = 1 << 20;

    /// <summary>Size of the end record with its comment, which locates the directory.</summary>
    private const int EndRecordBytes = 128 << 10;

    private readonly BudgetStream _packed;
    private readonly ZipArchive _archive;

    private ZipContent(BudgetStream packed, ZipArchive archive, IReadOnlyList<ZipArchiveEntry> entries)
    {
        _packed = packed;
        _archive = archive;
        Entries = entries;
    }

    /// <inheritdoc cref="ZipEntries.Read"/>
    public IReadOnlyList<ZipArchiveEntry> Entries { get; }

    /// <inheritdoc cref="ZipEntries.EmptyFolders"/>
    public IReadOnlyList<string> EmptyFolders => ZipEntries.EmptyFolders(_archive);

    /// <param name="file">The ZIP, in a stream that can seek.</param>
    /// <exception cref="InvalidInputException">The directory is damaged or exceeds the limits.</exception>
    public static async Task<ZipContent> OpenAsync(Stream file, ReadContext context, CancellationToken cancellation)
    {
        var packed = new BudgetStream(file, context);
        packed.Allow(
            context.Options.MaxDirectoryBytes + EndRecordBytes,
            $"the ZIP's directory has more than {context.Options.MaxDirectoryBytes} bytes");
        try
        {
            var archive =
                await ZipArchive.CreateAsync(packed, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
            var entries = ZipEntries.Read(archive, packed.Length, context);
            packed.Allow(long.MaxValue, "");
            return new ZipContent(packed, archive, entries);
        }
        catch (InvalidDataException exception)
        {
            throw context.Error("the packed data is damaged or cut off; pack it again", exception);
        }
    }

    /// <summary>The unpacked content of an entry. Its end is an error if the checksum is wrong.</summary>
    public static async Task<Stream> OpenAsync(ZipArchiveEntry entry, ReadContext part, CancellationToken cancellation)
    {
        var unpacked = await UnpackAsync(entry, part, cancellation);
        var bounded = new BudgetStream(unpacked, part);
        bounded.Allow(part.Options.MaxUnpackedBytes, $"it unpacks to more than {part.Options.MaxUnpackedBytes} bytes");
        return new ChecksumStream(bounded, entry.Crc32, part, unpacked);
    }

    /// <summary>The picture in an entry; null if the entry is another file.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadPictureAsync(
        ZipArchiveEntry entry, ReadContext part, CancellationToken cancellation)
    {
        var limit = Math.Min(
            part.Options.MaxPictureBytes,
            Math.Max(RatioFreeBytes, entry.CompressedLength * part.Options.MaxPackingRatio));
        ReadOnlyMemory<byte> file;
        await using var unpacked = await UnpackAsync(entry, part, cancellation);
        try
        {
            var (head, whole) = await PrefixedStream.PeekAsync(unpacked, cancellation);
            if (!PictureReader.IsPicture(head.Span))
            {
                return SkippedFiles.IsPictureName(entry.FullName)
                    ? throw part.Error(ForeignFormats.Describe(head.Span) ?? $"it is none of {PictureReader.Format.Name}")
                    : null;
            }

            file = await ReadContext.ReadWholeAsync(whole, limit, TooLong, cancellation);
        }
        catch (InvalidDataException exception)
        {
            // The framework calls damaged data an unsupported compression method.
            throw part.Error("it is damaged or cut off", exception);
        }

        return Crc32.HashToUInt32(file.Span) == entry.Crc32 ? file : throw part.Error(ChecksumStream.Wrong);

        InvalidInputException TooLong() => part.Error(
            $"it unpacks to more than {limit} bytes: a picture may have {part.Options.MaxPictureBytes}, "
            + $"and {part.Options.MaxPackingRatio} for each packed byte");
    }

    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        await _packed.DisposeAsync();
    }

    private static async Task<Stream> UnpackAsync(ZipArchiveEntry entry, ReadContext part, CancellationToken cancellation)
    {
        try
        {
            return entry.IsEncrypted ? throw part.Error("it is encrypted") : await entry.OpenAsync(cancellation);
        }
        catch (InvalidDataException exception)
        {
            throw part.Error("it is damaged, or packed in another way than Deflate; pack it again as a plain ZIP", exception);
        }
    }
}
