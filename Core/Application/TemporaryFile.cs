namespace ServerlessFashion.Application;

/// <summary>Makes files that go when they are closed.</summary>
public static class TemporaryFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>A new, empty file, open for writing and reading.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
