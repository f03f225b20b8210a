using System.Text.RegularExpressions;

namespace ServerlessFashion.Phrases;

/// <summary>Says why a file could not be read or written. The messages around it name the file, so this text does not.</summary>
public static partial class FileFailure
{
    /// <summary>ENOSPC of Linux and macOS.</summary>
    private const int NoSpace = 28;

    /// <summary>ERROR_DISK_FULL of Windows.</summary>
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>Whether a file could not be written because its disk has no space left.</summary>
    public static bool IsFull(Exception exception) => exception is IOException { HResult: NoSpace or DiskFull };

    /// <summary>The cause in a few words without a full stop, such as <c>no such file or folder</c> or <c>access is denied</c>.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or folder",
        UnauthorizedAccessException => "access is denied",
        PathTooLongException => "the path is too long",
        _ when IsFull(exception) => "the disk is full",
        _ => WithoutPath(exception.Message),
    };

    private static string WithoutPath(string message) => Path().Replace(message, "").Trim().TrimEnd('.');

    /// <summary>A path in quotes, and the colon that introduces it.</summary>
    [GeneratedRegex(@"\s*:?\s*'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
