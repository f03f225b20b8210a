using ServerlessFashion.Phrases;

namespace ServerlessFashion.Application;

/// <summary>Writes a file that appears with its whole content or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file, and creates the folders above it. Replaces an earlier file of that name.</summary>
    /// <returns>The hash of its content, see <see cref="WrittenFiles.HashAsync"/>.</returns>
    /// <param name="write">Writes the content. Its failures reach the caller unchanged, after the partial file is removed.</param>
    /// <exception cref="InvalidInputException">The system refuses the file, for example because a folder has its name.</exception>
    /// <exception cref="DiskFullException">The disk is full.</exception>
    public static async Task<string> WriteAsync(string path, Func<Stream, Task> write)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            await using (var stream = Attempt(path, () => Create(partial)))
            {
                await write(stream);
            }

            var hash = await WrittenFiles.HashAsync(partial);
            Attempt(path, () =>
            {
                File.Move(partial, path, overwrite: true);
                return true;
            });
            return hash;
        }
        catch (Exception e)
        {
            Remove(partial);
            if (FileFailure.IsFull(e))
            {
                throw new DiskFullException(path, e);
            }

            throw;
        }
    }

    /// <summary>Creates a file and the folders above it, also if another process has just removed one that was empty.</summary>
    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return File.Create(path);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return File.Create(path);
        }
    }

    private static T Attempt<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) && !FileFailure.IsFull(e))
        {
            throw new InvalidInputException($"output: {Refusal(path, FileFailure.Reason(e))}", e);
        }
    }

    private static string Refusal(string path, string reason) =>
        Directory.Exists(path) ? $"{path} is a folder, and a file of that name is to be written; move it away or choose another folder."
        : FileAbove(path) is { } file
            ? $"{file} is a file, and a folder of that name is to be written; move it away or choose another folder."
        : $"{path} cannot be written ({reason}).";

    /// <summary>The file that stands in the place of a folder of the path; null if there is none.</summary>
    private static string? FileAbove(string path)
    {
        var above = Path.GetDirectoryName(path);
        while (above is not null && !Path.Exists(above))
        {
            above = Path.GetDirectoryName(above);
        }

        return File.Exists(above) ? above : null;
    }

    /// <summary>Removes the partial file if it can. It does not throw, because the caller rethrows the first failure.</summary>
    private static void Remove(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder does not exist or cannot be written, so there is no partial file that could be removed.
        }
    }
}
