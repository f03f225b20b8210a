using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Api;

/// <summary>The page that shows the runs: one file, with its script and its styles inside.</summary>
internal static partial class Dashboard
{
    public static byte[] Page { get; } = EmbeddedFile.Read("dashboard.html");

    /// <summary>Allows the page's own script and style blocks, by their hashes, and requests to the same host; nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src {Hashes(Script())}; style-src {Hashes(Style())}; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string Hashes(Regex block)
    {
        var hashes = block.Matches(Encoding.UTF8.GetString(Page))
            .Select(match => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups["content"].Value)))}'");
        return string.Join(' ', hashes.DefaultIfEmpty("'none'"));
    }

    [GeneratedRegex("<script[^>]*>(?<content>.*?)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("<style[^>]*>(?<content>.*?)</style>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Style();
}
