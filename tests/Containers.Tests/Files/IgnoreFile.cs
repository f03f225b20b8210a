using System.Text.RegularExpressions;

namespace ServerlessFashion.Containers.Tests.Files;

/// <summary>A .dockerignore: the last pattern that a path or a folder above it matches decides.</summary>
internal sealed class IgnoreFile(IReadOnlyList<(Regex Pattern, bool LetsIn)> patterns)
{
    public static IgnoreFile Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim());
        return new IgnoreFile([.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(ToPattern)]);
    }

    /// <summary>Whether the build context holds a file.</summary>
    /// <param name="path">From the root of the context, with slashes.</param>
    public bool LetsIn(string path)
    {
        var parts = path.Split('/');
        var paths = Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts[..count])).ToList();
        var matches = patterns.Where(pattern => paths.Any(pattern.Pattern.IsMatch));
        return matches.Select(pattern => pattern.LetsIn).LastOrDefault(defaultValue: true);
    }

    private static (Regex Pattern, bool LetsIn) ToPattern(string line)
    {
        var letsIn = line[0] == '!';
        var glob = Regex.Escape(line.TrimStart('!').Trim('/'))
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        return (new Regex($"^{glob}$", RegexOptions.CultureInvariant), letsIn);
    }
}
