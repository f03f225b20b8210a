using ServerlessFashion.Reporting.Mlflow;

namespace ServerlessFashion.Application;

/// <summary>
/// A folder into which a report is written. Each file appears with its whole content or not at all, also while another process writes
/// the same report, and after a crash.
/// </summary>
public sealed class ReportFolder
{
    private readonly string _root;
    private readonly int _depth;
    private readonly WrittenFiles _written = new();

    /// <summary>A folder with one report. It is created with its first file.</summary>
    public ReportFolder(string path)
        : this(path, depth: 0)
    {
    }

    /// <param name="depth">Number of leading folders of a path that identify the report.</param>
    private ReportFolder(string path, int depth)
    {
        _root = Path.GetFullPath(path + Path.DirectorySeparatorChar);
        _depth = depth;
    }

    /// <summary>A tracking store of MLflow, in which each run has a folder and stands for itself.</summary>
    public static ReportFolder MlflowStoreIn(string path) => new(path, MlflowStore.Depth);

    /// <summary>Writes one file, and creates the folders above it. Replaces an earlier file of that name.</summary>
    /// <param name="file">Relative path with forward slashes, such as <c>plots/curves.svg</c>.</param>
    /// <exception cref="InvalidInputException">The path leads out of the folder, or the system refuses the file.</exception>
    public async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        var target = FindInside(file) ?? throw new InvalidInputException($"report: the path '{file}' leads out of the folder.");
        _written[file] = await WholeFile.WriteAsync(target, write);
    }

    /// <summary>
    /// Ends the report: removes each file that an earlier report wrote and this one did not. A file that
    /// somebody else wrote or changed stays. The hidden file <see cref="WrittenFiles.Name"/> lists what was written.
    /// </summary>
    /// <exception cref="InvalidInputException">The system refuses that hidden file.</exception>
    public async Task CompleteAsync()
    {
        var list = Path.Combine(_root, WrittenFiles.Name);
        var reports = _written.Paths.Select(ReportOf).ToHashSet(StringComparer.Ordinal);
        var earlier = await WrittenFiles.ReadAsync(list);
        foreach (var file in earlier.Paths.Where(file => _written[file] is null))
        {
            if (reports.Contains(ReportOf(file)))
            {
                await TryRemoveAsync(file, earlier[file]!);
            }
            else
            {
                _written[file] = earlier[file];
            }
        }

        await _written.SaveAsync(list);
    }

    private string ReportOf(string file) => string.Join('/', file.Split('/')[..^1].Take(_depth));

    /// <summary>Leaves a file that another process removes or writes at the same time, and one that this user may not remove.</summary>
    private async Task TryRemoveAsync(string file, string hash)
    {
        try
        {
            await RemoveAsync(file, hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file stays. It may belong to a report that another process writes.
        }
    }

    private async Task RemoveAsync(string file, string hash)
    {
        if (FindInside(file) is not { } target || !File.Exists(target) || await WrittenFiles.HashAsync(target) != hash)
        {
            return;
        }

        File.Delete(target);
        for (var folder = Path.GetDirectoryName(target)!; folder.Length > _root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                return;
            }

            Directory.Delete(folder);
        }
    }

    /// <summary>The absolute path of a file; null if it is not inside the folder, or no file can have that name.</summary>
    private string? FindInside(string file)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var target = Path.GetFullPath(Path.Combine(_root, file));
        return target.StartsWith(_root, StringComparison.Ordinal) ? target : null;
    }
}
