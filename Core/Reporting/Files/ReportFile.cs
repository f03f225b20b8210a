using System.Text;

namespace ServerlessFashion.Reporting.Files;

/// <summary>One file of a report folder.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
public sealed record ReportFile(string Path, string ContentType, byte[] Content)
{
    public static ReportFile Text(string path, string contentType, string content) =>
        new(path, contentType, Encoding.UTF8.GetBytes(content));
}
