using ServerlessFashion.Import.Files;

namespace ServerlessFashion.Import.Sources;

/// <summary>A file of the source that lists its class names: <c>labels.txt</c>, or a mapping file of EMNIST.</summary>
internal static class ClassNameFile
{
    /// <summary>Longer lists have more than 256 names.</summary>
    private const int MostBytes = 256 << 10;

    public static bool Is(string path) =>
        Path.GetFileName(path).Equals("labels.txt", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("-mapping.txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>The lines of the file; null if the source has none or several.</summary>
    public static async Task<IReadOnlyList<string>?> FindAsync(SourceFiles files, CancellationToken cancellation)
    {
        if (files.Paths.Where(Is).Take(2).ToList() is not [var path])
        {
            return null;
        }

        await using var content = await files.OpenAsync(path, cancellation);
        var bytes = new byte[MostBytes + 1];
        var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read <= MostBytes
            ? LinesOf(System.Text.Encoding.UTF8.GetString(bytes, 0, read))
            : throw files.Part(path).Error($"it has more than {MostBytes} bytes, too many for a list of class names");
    }

    /// <summary>The lines that are not blank, without the spaces around them.</summary>
    public static IReadOnlyList<string> LinesOf(string text) =>
        [.. text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
