namespace ServerlessFashion.Application;

/// <summary>
/// A folder into which a report is written. Each file appears with its whole content or not at all, also while another process writes
/// the same report, and after a crash.
/// </summary>
public sealed class ReportFolder(string path)
{
    /// <summary>Writes one file, and creates the folders above it. Replaces an earlier file of that name.</summary>
    /// <param name="file">Relative path, such as <c>plots/curves.svg</c>.</param>
    /// <exception cref="InvalidInputException">The path leads out of the folder.</exception>
    public async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        var root = Path.GetFullPath(path + Path.DirectorySeparatorChar);
        var target = Path.GetFullPath(Path.Combine(root, file));
        if (!target.StartsWith(root, StringComparison.Ordinal))
        {
            throw new InvalidInputException($"report: the path '{file}' leads out of the folder.");
        }

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
}
