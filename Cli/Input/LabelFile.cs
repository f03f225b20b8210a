using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Input;

/// <summary>Files that name a class in each line.</summary>
internal static class LabelFile
{
    /// <summary>Longer files have more than 256 names.</summary>
    private const long MostBytes = 256 << 10;

    /// <summary>The lines that are not blank, without the spaces around them.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or it names nothing.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"labels: '{path}' is a folder; name a file with one class name in each line.");
        }

        try
        {
            var lines = new FileInfo(path).Length <= MostBytes
                ? File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList()
                : throw new InvalidInputException($"labels: '{path}' has more than {MostBytes} bytes, too many for names of classes.");
            return lines.Count > 0 ? lines : throw new InvalidInputException($"labels: '{path}' names no class.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"labels: cannot read '{path}' ({FileFailure.Reason(e)}).", e);
        }
    }
}
