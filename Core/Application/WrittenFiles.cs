using System.Security.Cryptography;
using System.Text;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Application;

/// <summary>The files that reports have written into a folder, by path, with the hash of their content.</summary>
internal sealed class WrittenFiles
{
    /// <summary>The name of the list, a hidden file of the folder.</summary>
    public const string Name = ".fashion-files";

    /// <summary>Stands between hash and path, so that <c>sha256sum --check</c> reads the list.</summary>
    private const string Separator = "  ";

    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _hashes.Keys;

    /// <summary>The hash of a file; null for a file that is not in the list.</summary>
    public string? this[string path]
    {
        get => _hashes.GetValueOrDefault(path);
        set => _hashes[path] = value!;
    }

    /// <summary>The SHA-256 of a file in lower-case hexadecimal digits.</summary>
    public static async Task<string> HashAsync(string file)
    {
        if (IsEmpty(file))
        {
            return Convert.ToHexStringLower(SHA256.HashData([]));
        }

        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }

    /// <summary>A named pipe has no length either, and waits for a writer when it is opened.</summary>
    private static bool IsEmpty(string file) => new FileInfo(file) is { Exists: true, Length: 0 };

    /// <summary>Reads a list. A list that does not exist is empty, and lines of another form are skipped.</summary>
    /// <exception cref="InvalidInputException">The system refuses to read the file.</exception>
    public static async Task<WrittenFiles> ReadAsync(string list)
    {
        var files = new WrittenFiles();
        foreach (var line in await LinesAsync(list))
        {
            if (line.Split(Separator, 2) is [var hash, { Length: > 0 } path])
            {
                files[path] = hash;
            }
        }

        return files;
    }

    private static async Task<string[]> LinesAsync(string list)
    {
        try
        {
            return File.Exists(list) && !IsEmpty(list) ? await File.ReadAllLinesAsync(list) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"output: {list} cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }

    /// <exception cref="InvalidInputException">The system refuses the file.</exception>
    public Task SaveAsync(string list)
    {
        var lines = string.Concat(_hashes.Select(file => $"{file.Value}{Separator}{file.Key}\n"));
        return WholeFile.WriteAsync(list, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(lines)).AsTask());
    }
}
