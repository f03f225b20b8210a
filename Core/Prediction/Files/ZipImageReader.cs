using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>
/// Reads the PNG and JPEG entries of a ZIP in the order of its directory; ids are the entries' names. Nothing is unpacked to disk.
/// Folders, and the files that macOS and Windows leave behind, are skipped. Any other entry is an error.
/// </summary>
internal static class ZipImageReader
{
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
        var entries = Pictures(archive, context);
        packed.Allow(long.MaxValue, "");
        context.CheckCount(entries.Count);

        var batch = context.NewBatch();
        var unpackedBytes = 0L;
        foreach (var entry in entries)
        {
            if (batch.IsFull)
            {
                yield return batch;
                batch = context.NewBatch();
            }

            var file = await UnpackAsync(entry, context, cancellation);
            unpackedBytes += file.Length;
            if (unpackedBytes > context.Options.MaxUnpackedBytes)
            {
                throw context.Error($"the entries give more than {context.Options.MaxUnpackedBytes} bytes when unpacked");
            }

            PictureReader.Prepare(
                file.Span, batch.Next.Span, context with { Name = $"{context.Name}: entry {ReadContext.Shown(entry.FullName)}" });
            batch.Add(entry.FullName);
        }

        yield return batch;
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

    private static List<ZipArchiveEntry> Pictures(ZipArchive archive, ReadContext context)
    {
        var entries = new List<ZipArchiveEntry>();
        foreach (var entry in archive.Entries)
        {
            CheckName(entry.FullName, context);
            if (!IsLitter(entry.FullName))
            {
                entries.Add(entry);
            }

            if (entries.Count > context.Options.MaxEntries)
            {
                throw context.Error($"the ZIP has more than {context.Options.MaxEntries} entries");
            }
        }

        return entries.Count > 0 ? entries : throw context.Error("the ZIP holds no pictures");
    }

    private static void CheckName(string name, ReadContext context)
    {
        var outside = name is ['/' or '\\', ..] or [_, ':', ..] || name.Split('/', '\\').Contains("..") || name.Any(char.IsControl);
        if (outside || name.Length == 0)
        {
            throw context.Error($"the name of entry {ReadContext.Shown(name)} is not a relative path inside the ZIP");
        }
    }

    private static bool IsLitter(string name) =>
        name.EndsWith('/') || name.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || Path.GetFileName(name) is ".DS_Store" or "Thumbs.db" or "desktop.ini";

    private static async Task<ReadOnlyMemory<byte>> UnpackAsync(ZipArchiveEntry entry, ReadContext context, CancellationToken cancellation)
    {
        var limit = Math.Min(
            context.Options.MaxPictureBytes,
            Math.Max(RatioFreeBytes, entry.CompressedLength * context.Options.MaxPackingRatio));
        ReadOnlyMemory<byte> file;
        try
        {
            await using var unpacked = entry.IsEncrypted ? throw Error("it is encrypted") : await entry.OpenAsync(cancellation);
            file = await ReadContext.ReadWholeAsync(unpacked, limit, TooLong, cancellation);
        }
        catch (InvalidDataException exception)
        {
            throw Error($"it is damaged or cut off: {exception.Message.TrimEnd('.')}", exception);
        }

        if (Crc32.HashToUInt32(file.Span) != entry.Crc32)
        {
            throw Error("its checksum is wrong; it is damaged");
        }

        return PictureReader.IsPicture(file.Span) ? file : throw Error("it is neither PNG nor JPEG");

        InvalidInputException TooLong() => Error(
            $"it unpacks to more than {limit} bytes: a picture may have {context.Options.MaxPictureBytes}, "
            + $"and {context.Options.MaxPackingRatio} for each packed byte");

        InvalidInputException Error(string what, Exception? inner = null) =>
            context.Error($"entry {ReadContext.Shown(entry.FullName)}: {what}", inner);
    }
}
