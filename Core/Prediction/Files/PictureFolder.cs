using System.Runtime.CompilerServices;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Pictures;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>Reads the pictures of a folder, one after the other.</summary>
internal static class PictureFolder
{
    /// <summary>.NET shows it in the place of bytes of a name that are not UTF-8, and finds no file by the name that it shows.</summary>
    private const char Replacement = '\ufffd';

    /// <summary>Hidden files are left out, and links are not followed, because they may lead in circles.</summary>
    private static readonly EnumerationOptions Enumeration = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        string folder, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var skipped = new SkippedFiles();
        var batch = context.NewBatch();
        var pictures = 0L;
        foreach (var path in PathsIn(folder, context))
        {
            var id = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            var part = context.Within(ReadContext.Shown(id));
            if (await ReadPictureAsync(path, part, cancellation) is not { } file)
            {
                skipped.Add(id);
                continue;
            }

            if (batch.IsFull)
            {
                yield return batch;
                batch = context.NewBatch();
            }

            batch.Add(id, PictureReader.Prepare(file.Span, batch.Next.Span, part));
            context.CheckCount(++pictures);
        }

        if (pictures == 0)
        {
            throw skipped.NoPictures("folder", context);
        }

        skipped.Warn(context);
        yield return batch;
    }

    /// <summary>The paths of all files in the folder and the folders in it, in their order.</summary>
    public static List<string> PathsIn(string folder, ReadContext context)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", Enumeration).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw context.Error($"the folder cannot be read ({FileFailure.Reason(e)})", e);
        }
    }

    /// <summary>The picture in a file; null if it is another file.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadPictureAsync(string path, ReadContext part, CancellationToken cancellation)
    {
        try
        {
            // A pipe or a device has no length either, and opening a pipe would wait for its writer.
            if (new FileInfo(path).Length == 0)
            {
                return SkippedFiles.IsPictureName(path) ? throw part.Error("it is empty, or it is no file but a pipe or a device") : null;
            }

            await using var content = File.OpenRead(path);
            var (head, whole) = await PrefixedStream.PeekAsync(content, cancellation);
            if (PictureReader.IsPicture(head.Span))
            {
                return await ReadContext.ReadWholeAsync(
                    whole,
                    part.Options.MaxPictureBytes,
                    () => part.Error($"the picture has more than {part.Options.MaxPictureBytes} bytes"),
                    cancellation);
            }

            return SkippedFiles.IsPictureName(path)
                ? throw part.Error(ForeignFormats.Describe(head.Span) ?? $"it is none of {PictureReader.Format.Name}")
                : null;
        }
        catch (FileNotFoundException e) when (path.Contains(Replacement))
        {
            throw part.Error("its name is not UTF-8, so that it cannot be opened; rename it", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw part.Error($"it cannot be read ({FileFailure.Reason(e)})", e);
        }
    }
}
