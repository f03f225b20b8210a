using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Display;

/// <summary>The file that a user named for the rows of predictions.</summary>
internal static class RowsFile
{
    /// <summary>
    /// Writes rows under their final name when they are complete. A device receives them immediately and is not replaced.
    /// </summary>
    /// <exception cref="InvalidInputException">The file cannot be written.</exception>
    /// <exception cref="DiskFullException">The disk is full.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"output: {path} is a folder; name a file, such as {Path.Combine(path, "predictions.csv")}.");
        }

        // A unique name, because another command may write the same file.
        var partial = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            if (IsDevice(path))
            {
                await using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
                return await write(device);
            }

            T result;
            await using (var rows = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                result = await write(rows);
            }

            File.Move(partial, path, overwrite: true);
            return result;
        }
        catch (IOException e) when (FileFailure.IsFull(e))
        {
            throw new DiskFullException(path, e);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) && !StandardOutput.IsClosedPipe(e))
        {
            throw new InvalidInputException($"output: {path} cannot be written ({FileFailure.Reason(e)}).", e);
        }
        finally
        {
            // Deleting from a folder that does not exist would cause another error.
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>Refuses an output that is one of the inputs, also by way of a link.</summary>
    /// <exception cref="InvalidInputException">The rows would replace the images.</exception>
    public static void RequireOther(string? path, IEnumerable<string> inputs)
    {
        if (path is not null && !IsDevice(path) && inputs.Any(input => Resolve(input) == Resolve(path)))
        {
            throw new InvalidInputException($"output: {path} is an input, which the rows would replace; choose another file.");
        }
    }

    private static string Resolve(string path) => new FileInfo(path) is { Exists: true } file
        ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName
        : Path.GetFullPath(path);

    /// <summary>True for devices such as /dev/null and /dev/stdout. Paths in /dev/shm are files.</summary>
    private static bool IsDevice(string path) =>
        Path.GetFullPath(path) is var full && full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
