using System.Text.RegularExpressions;

namespace ServerlessFashion.Phrases;

/// <summary>Says why a file could not be read or written. The messages around it name the file, so this text does not.</summary>
public static partial class FileFailure
{
    /// <summary>The cause in a few words without a full stop, such as <c>no such file or folder</c> or <c>access is denied</c>.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or folder",
        UnauthorizedAccessException => "access is denied",
        PathTooLongException => "the path is too long",
        _ => WithoutPath(exception.Message),
    };

    private static string WithoutPath(string message) => Path().Replace(message, "").Trim().TrimEnd('.');

    /// <summary>A path in quotes, and the colon that introduces it.</summary>
    [GeneratedRegex(@"\s*:?\s*'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
