using System.Text.Json;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>Explains why an emulator did not start: what it printed, the file or folder that is to blame, and the remedy.</summary>
internal static class EmulatorFailure
{
    private static readonly string[] Prefixes = ["Exit due to unhandled error: ", "Error: "];

    public static InvalidInputException Describe(EmulatorFolder folder)
    {
        var words = WithoutPrefixes(folder.FindLastWords() ?? "it printed nothing").TrimEnd('.');
        var start = $"storage: the emulator did not start ({words})";
        if (words.Contains("EACCES", StringComparison.Ordinal) || words.Contains("EROFS", StringComparison.Ordinal))
        {
            return new InvalidInputException(
                $"{start}: {folder.DataFolder} cannot be written; allow this user to write it, or use --storage.");
        }

        // On a full disk there may be no room for the log either.
        if (words.Contains("ENOSPC", StringComparison.Ordinal) || folder.IsDiskFull)
        {
            return new InvalidInputException($"{start}: the disk of {folder.DataFolder} is full; free some space, or use --storage.");
        }

        return FindDamagedDatabase(folder.DataFolder) is { } file
            ? new InvalidInputException(
                $"{start}: {file} is damaged. Restore it from a copy, or move {folder.DataFolder} away to begin with empty storage.")
            : new InvalidInputException($"{start}; its log is {folder.LogFile}. Another storage account can be named with --storage.");
    }

    private static string WithoutPrefixes(string words)
    {
        var prefix = Array.Find(Prefixes, prefix => words.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? words : WithoutPrefixes(words[prefix.Length..]);
    }

    /// <summary>The first database that is not JSON, such as one that was cut off by a power failure.</summary>
    private static string? FindDamagedDatabase(string dataFolder) => Directory.Exists(dataFolder)
        ? Directory.EnumerateFiles(dataFolder, "__azurite_db_*.json").Order(StringComparer.Ordinal).FirstOrDefault(IsDamaged)
        : null;

    private static bool IsDamaged(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream);
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
