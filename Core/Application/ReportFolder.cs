using System.Text.RegularExpressions;

namespace ServerlessFashion.Application;

/// <summary>
/// A folder into which a report is written. Each file appears with its whole content or not at all, also while another process writes
/// the same report, and after a crash.
/// </summary>
public sealed partial class ReportFolder(string path)
{
    /// <summary>Writes one file, and creates the folders above it. Replaces an earlier file of that name.</summary>
    /// <param name="file">Relative path, such as <c>plots/curves.svg</c>.</param>
    /// <exception cref="InvalidInputException">The path could lead out of the folder.</exception>
    public async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        if (!IsSafe(file))
        {
            throw new InvalidInputException($"report: '{file}' is not a path of a file in a report.");
        }

        var target = Path.Combine(path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            await using (var stream = File.Create(partial))
            {
                await write(stream);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Whether a path consists of names that begin with a letter or digit: it leads neither up nor out of the folder.</summary>
    internal static bool IsSafe(string file) => SafePath().IsMatch(file);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafePath();
}
