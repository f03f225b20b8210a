namespace ServerlessFashion.Phrases;

/// <summary>A file that could not be written, because its disk has no space left. The message is one sentence with the remedy.</summary>
/// <param name="path">The file under its final name.</param>
public sealed class DiskFullException(string path, Exception innerException)
    : IOException($"output: {path} cannot be written, because the disk is full; free some space.", innerException);
