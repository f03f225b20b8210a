using System.IO.Compression;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>Checks the directory of a ZIP.</summary>
internal static class ZipEntries
{
    /// <summary>Size of an entry's own header without its name.</summary>
    private const int LocalHeaderBytes = 30;

    /// <summary>The entries that may be images, without folders and the files that macOS and Windows leave behind.</summary>
    /// <param name="archiveBytes">Size of the whole ZIP.</param>
    /// <exception cref="InvalidInputException">There are none or too many, a name leads outside, or entries share their data.</exception>
    public static List<ZipArchiveEntry> Read(ZipArchive archive, long archiveBytes, ReadContext context)
    {
        var entries = new List<ZipArchiveEntry>();
        var packedBytes = 0L;
        foreach (var entry in archive.Entries)
        {
            CheckName(entry.FullName, context);
            packedBytes += entry.CompressedLength + LocalHeaderBytes + entry.FullName.Length;
            if (packedBytes > archiveBytes)
            {
                throw context.Error("the ZIP's entries overlap: together they are larger than the file; pack the pictures again");
            }

            if (!IsLitter(entry.FullName))
            {
                entries.Add(entry);
            }

            if (entries.Count > context.Options.MaxEntries)
            {
                throw context.Error($"the ZIP has more than {context.Options.MaxEntries} entries");
            }
        }

        context.CheckCount(entries.Count);
        return entries.Count > 0 ? entries : throw context.Error("the ZIP holds no pictures");
    }

    /// <summary>The folders that the ZIP names and that hold no entry, with slashes and without the last one.</summary>
    public static IReadOnlyList<string> EmptyFolders(ZipArchive archive)
    {
        var names = archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();

        // What a folder holds follows it in this order.
        return
        [
            .. names.Index().Where(name => name.Item.EndsWith('/')
                    && (name.Index + 1 == names.Count || !names[name.Index + 1].StartsWith(name.Item, StringComparison.Ordinal)))
                .Select(name => name.Item.TrimEnd('/')).Where(name => !IsLitter(name)),
        ];
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
        name.EndsWith('/') || name.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(name).StartsWith("._", StringComparison.Ordinal)
        || Path.GetFileName(name).ToLowerInvariant() is ".ds_store" or "thumbs.db" or "desktop.ini";
}
