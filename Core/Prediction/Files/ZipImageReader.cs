using System.IO.Compression;
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

    public static ImageFormat Format { get; } = new(
        "ZIP", head => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..], ReadAsync);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        PrefixedStream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var inPlace = content.Rewound();
        await using var temporary = inPlace is null ? await SpoolAsync(content, context, cancellation) : null;
        await using var archive = await ZipContent.OpenAsync(inPlace ?? temporary!, context, cancellation);
        var entries = archive.Entries;
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
        IReadOnlyList<ZipArchiveEntry> entries, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
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
            if (await ZipContent.ReadPictureAsync(entry, part, cancellation) is not { } file)
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
        IReadOnlyList<ZipArchiveEntry> entries, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (entries.Count > 1)
        {
            var names = entries.Select(entry => ReadContext.Shown(Path.GetFileNameWithoutExtension(entry.FullName))).ToList();
            throw context.Error(
                $"the NPZ holds {names.Count} arrays ({string.Join(", ", names.Take(5))}); save the one with the images, for example with "
                + $"np.save('images.npy', np.load(file)[{names[0]}])");
        }

        var part = context.Within($"entry {ReadContext.Shown(entries[0].FullName)}");
        await using var array = await ZipContent.OpenAsync(entries[0], part, cancellation);
        await foreach (var batch in NpyImageReader.ReadAsync(array, part, cancellation))
        {
            yield return batch;
        }
    }

    /// <summary>A temporary file with all of <paramref name="content"/>, at its beginning.</summary>
    public static async Task<Stream> SpoolAsync(Stream content, ReadContext context, CancellationToken cancellation)
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
}
