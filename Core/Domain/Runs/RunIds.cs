using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Runs;

/// <summary>Creates and checks the ids of runs. They are safe in blob paths, table keys and URLs.</summary>
public static partial class RunIds
{
    /// <summary>Names the newest run, where a text names a run.</summary>
    public const string Latest = "latest";

    /// <summary>Creates an id from the time and four random bytes, e.g. <c>20260131-142501-9f3ac012</c>.</summary>
    public static string Create(DateTimeOffset now, ReadOnlySpan<byte> random) =>
        now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(random);

    /// <summary>Creates the id of an idempotency key. The same key always gives the same id.</summary>
    public static string FromKey(string idempotencyKey) =>
        "key-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..24];

    public static bool IsValid(string id) => Pattern().IsMatch(id);

    /// <summary>True if the id begins with the time of its creation, so that ids sort as their runs were created.</summary>
    public static bool IsTimed(string id) => Timed().IsMatch(id);

    [GeneratedRegex("^[0-9]{8}-[0-9]{6}-", RegexOptions.CultureInvariant)]
    private static partial Regex Timed();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
