using Microsoft.Win32.SafeHandles;

namespace ServerlessFashion.Cli.Display;

/// <summary>Standard output for rows of data.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>EPIPE of Linux and macOS.</summary>
    private const int BrokenPipe = 32;

    /// <summary>
    /// Opens standard output. The console's own stream drops what a closed pipe does not take, so a command would go on for nobody; this
    /// one throws, and <see cref="IsClosedPipe"/> recognises the exception.
    /// </summary>
    public static Stream Open()
    {
        return Console.IsOutputRedirected ? OpenAny() : new TerminalStream(OpenAny());
    }

    private static Stream OpenAny()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        // Writing to a file by its handle would not move the position that other programs share.
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>Whether writing failed because the reader, such as <c>head</c>, has read enough.</summary>
    public static bool IsClosedPipe(Exception exception) =>
        !OperatingSystem.IsWindows() && exception is IOException { HResult: BrokenPipe };
}
