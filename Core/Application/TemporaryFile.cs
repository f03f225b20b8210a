namespace ServerlessFashion.Application;

/// <summary>Files for content that is too large for memory.</summary>
public static class TemporaryFile
{
    private const int BufferBytes = 64 << 10;

    /// <summary>A new file, open for writing and reading. It takes disk space until it is disposed.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), $"fashion-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
        BufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
