using System.Security.Cryptography;
using System.Text;
using Azure;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>One version of one upload: a blob's name in container <c>incoming</c> and its ETag.</summary>
public sealed record IncomingBlob
{
    private const int HashDigits = 32;

    /// <summary>The longest name that leaves room for the names of its results. Storage allows 1,024 characters.</summary>
    private const int LongestName = 1000;

    /// <param name="etag">The ETag with quotes, as in a header, or without quotes, as in a listing or a trigger.</param>
    public IncomingBlob(string name, ETag etag)
    {
        Name = name;
        ETag = new ETag(etag.ToString("H"));
    }

    public string Name { get; }

    /// <summary>The ETag in quotes, so versions from different sources can be compared.</summary>
    public ETag ETag { get; }

    /// <summary>The ETag without its quotes.</summary>
    public string Version => ETag.ToString().Trim('"');

    /// <summary>An id that is the same for the same version, and safe in table keys and instance ids.</summary>
    public string Id => $"predict-{NameKey}-{VersionKey}";

    internal string NameKey => Hash(Name);

    internal string VersionKey => Hash(Version);

    internal string CsvBlob => ResultName + ".csv";

    internal string SummaryBlob => ResultName + ".summary.json";

    internal string ErrorBlob => ResultName + ".error.json";

    private string ResultName => Name.Length <= LongestName ? Name : $"{Name[..(LongestName - HashDigits)]}{NameKey}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
}
