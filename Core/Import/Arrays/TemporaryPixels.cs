using Microsoft.Win32.SafeHandles;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Import.Arrays;

/// <summary>
/// Images of one size in a temporary file, so that a set needs no memory for them. On Unix the file has no name, so that nothing is left
/// of it when the process is killed. Several threads may write and read.
/// </summary>
internal sealed class TemporaryPixels : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _imageBytes;

    public TemporaryPixels(int imageBytes)
    {
        _imageBytes = imageBytes;
        var path = Path.Combine(Path.GetTempPath(), $"fashion-{Path.GetRandomFileName()}");
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <exception cref="InvalidInputException">The disk is full.</exception>
    public void Write(int image, ReadOnlySpan<byte> pixels)
    {
        try
        {
            RandomAccess.Write(_file, pixels, (long)image * _imageBytes);
        }
        catch (IOException e)
        {
            throw new InvalidInputException(
                $"temporary folder: {Path.GetTempPath()} cannot hold the images ({FileFailure.Reason(e)}); set TMPDIR to a folder with "
                + "more space.", e);
        }
    }

    public void Read(int image, Span<byte> pixels)
    {
        var read = 0;
        while (read < pixels.Length)
        {
            var more = RandomAccess.Read(_file, pixels[read..], ((long)image * _imageBytes) + read);
            read += more > 0 ? more : throw new EndOfStreamException();
        }
    }

    public void Dispose() => _file.Dispose();
}
