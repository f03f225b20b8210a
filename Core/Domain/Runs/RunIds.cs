using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Runs;

/// <summary>Names of runs: safe in blob paths, table keys and URLs.</summary>
public static partial class RunIds
{
    /// <summary>A name from the time and four random bytes, e.g. <c>20260131-142501-9f3ac012</c>.</summary>
    public static string Create(DateTimeOffset now, ReadOnlySpan<byte> random) =>
        now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(random);

    /// <summary>The same name for the same idempotency key, whoever asks and whenever.</summary>
    public static string FromKey(string idempotencyKey) =>
        "key-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..24];

    public static bool IsValid(string id) => Pattern().IsMatch(id);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
