using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using ServerlessFashion.Prediction.Arrays;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>
/// Reads the pictures of a ZIP in the order of its directory; ids are the entries' names. Nothing is unpacked to disk. Other files are
/// skipped with a warning, unless their names say that they are pictures. A ZIP of NPY arrays is NumPy's NPZ, and is read if it has one.
/// </summary>
internal static class ZipImageReader
{
    private const string Container = "ZIP";

    /// <summary>Entries below this size have no limit on their packing ratio.</summary>
    private const int RatioFreeBytes = 1 << 20;

    /// <summary>Size of the end record with its comment, which locates the directory.</summary>
    private const int EndRecordBytes = 128 << 10;

    public static ImageFormat Format { get; } = new(
        "ZIP", head => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..], ReadAsync);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        PrefixedStream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var inPlace = content.Rewound();
        await using var temporary = inPlace is null ? await SpoolAsync(content, context, cancellation) : null;
        await using var packed = new BudgetStream(inPlace ?? temporary!, context);
        packed.Allow(
            context.Options.MaxDirectoryBytes + EndRecordBytes,
            $"the ZIP's directory has more than {context.Options.MaxDirectoryBytes} bytes");
        await using var archive =
            await ZipArchive.CreateAsync(packed, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
        var entries = ZipEntries.Read(archive, packed.Length, context);
        packed.Allow(long.MaxValue, "");
        if (ForeignFormats.DescribeArchive([.. entries.Select(entry => entry.FullName)]) is { } foreign)
        {
            throw context.Error(foreign);
        }

        var batches = entries.All(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
            ? ReadArrayAsync(entries, context, cancellation)
            : ReadPicturesAsync(entries, context, cancellation);
        await foreach (var batch in batches)
        {
            yield return batch;
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadPicturesAsync(
        List<ZipArchiveEntry> entries, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = context.NewBatch();
        var unpackedBytes = 0L;
        var skipped = new SkippedFiles();
        foreach (var entry in entries)
        {
            if (batch.IsFull)
            {
                yield return batch;
                batch = context.NewBatch();
            }

            var part = context.Within($"entry {ReadContext.Shown(entry.FullName)}");
            if (await UnpackAsync(entry, part, cancellation) is not { } file)
            {
                skipped.Add(entry.FullName);
                continue;
            }

            unpackedBytes += file.Length;
            if (unpackedBytes > context.Options.MaxUnpackedBytes)
            {
                throw context.Error($"the entries give more than {context.Options.MaxUnpackedBytes} bytes when unpacked");
            }

            batch.Add(entry.FullName, PictureReader.Prepare(file.Span, batch.Next.Span, part));
        }

        if (unpackedBytes == 0)
        {
            throw skipped.NoPictures(Container, context);
        }

        skipped.Warn(context);
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async IAsyncEnumerable<ImageBatch> ReadArrayAsync(
        List<ZipArchiveEntry> entries, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (entries.Count > 1)
        {
            var names = entries.Select(entry => ReadContext.Shown(Path.GetFileNameWithoutExtension(entry.FullName))).ToList();
            throw context.Error(
                $"the NPZ holds {names.Count} arrays ({string.Join(", ", names.Take(5))}); save the one with the images, for example with "
                + $"np.save('images.npy', np.load(file)[{names[0]}])");
        }

        var part = context.Within($"entry {ReadContext.Shown(entries[0].FullName)}");
        await using var unpacked = await OpenAsync(entries[0], part, cancellation);
        await using var bounded = new BudgetStream(unpacked, part);
        bounded.Allow(context.Options.MaxUnpackedBytes, $"it unpacks to more than {context.Options.MaxUnpackedBytes} bytes");
        await using var array = new ChecksumStream(bounded, entries[0].Crc32, part);
        await foreach (var batch in NpyImageReader.ReadAsync(array, part, cancellation))
        {
            yield return batch;
        }
    }

    private static async Task<Stream> SpoolAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await using var bounded = new BudgetStream(content, context);
            bounded.Allow(context.Options.MaxUnpackedBytes, $"the ZIP has more than {context.Options.MaxUnpackedBytes} bytes");
            await bounded.CopyToAsync(file, cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> OpenAsync(ZipArchiveEntry entry, ReadContext part, CancellationToken cancellation)
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

    /// <summary>The picture in an entry; null if the entry is another file.</summary>
    private static async Task<ReadOnlyMemory<byte>?> UnpackAsync(ZipArchiveEntry entry, ReadContext part, CancellationToken cancellation)
    {
        var limit = Math.Min(
            part.Options.MaxPictureBytes,
            Math.Max(RatioFreeBytes, entry.CompressedLength * part.Options.MaxPackingRatio));
        ReadOnlyMemory<byte> file;
        await using var unpacked = await OpenAsync(entry, part, cancellation);
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
}
