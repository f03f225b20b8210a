using System.Text.RegularExpressions;

namespace ServerlessFashion.Scale;

/// <summary>Counts requests in the log of Azurite, which has one line per request.</summary>
internal static partial class AccessLog
{
    /// <summary>
    /// Counts the requests of the runs in the log. It omits requests that create containers and tables, upload the data set, lock a
    /// run for the local runner, or copy a report to a folder, because a run in Azure makes none of them.
    /// </summary>
    public static Requests Count(IEnumerable<string> lines)
    {
        var sum = default(Requests);
        foreach (var line in lines)
        {
            if (Line().Match(line) is { Success: true } match)
            {
                sum += Of(match.Groups["method"].Value, match.Groups["path"].Value, match.Groups["query"].Value);
            }
        }

        return sum;
    }

    private static Requests Of(string method, string path, string query)
    {
        var isTable = Table().IsMatch(path);
        return (method, path) switch
        {
            _ when path is "/" || query.Contains("restype=container", StringComparison.Ordinal) && method is "PUT" => default,
            _ when path.EndsWith("/Tables", StringComparison.Ordinal) || RunLock().IsMatch(path) => default,
            _ when query.Contains("report%2F", StringComparison.OrdinalIgnoreCase) => default,
            ("PUT", _) when path.Contains("/datasets/", StringComparison.Ordinal) => default,
            ("GET", _) when path.Contains("/report/", StringComparison.Ordinal) => default,
            ("GET", _) when isTable => new Requests { TableReads = 1 },
            _ when isTable => new Requests { TableWrites = 1 },
            _ when query.Contains("comp=lease", StringComparison.Ordinal) => new Requests { Leases = 1 },
            _ when query.Contains("comp=list", StringComparison.Ordinal) => new Requests { BlobLists = 1 },
            _ when path.EndsWith("/cancel", StringComparison.Ordinal) => new Requests { CancelPolls = 1 },
            ("DELETE", _) => new Requests { BlobDeletes = 1 },
            ("GET" or "HEAD", _) => new Requests { BlobReads = 1 },
            _ => new Requests { BlobWrites = 1 },
        };
    }

    [GeneratedRegex("\"(?<method>[A-Z]+) (?<path>[^ ?]+)(\\?(?<query>[^ ]*))? HTTP/1\\.1\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    /// <summary>A table's entities: no container has a capital letter.</summary>
    [GeneratedRegex("^(/[a-z0-9]+)?/[A-Z][A-Za-z]+(\\(.*\\))?$")]
    private static partial Regex Table();

    [GeneratedRegex("/runs/[^/]+/lock$")]
    private static partial Regex RunLock();
}
