namespace ServerlessFashion.Datasets;

/// <summary>The places to search for Fashion-MNIST, in this order.</summary>
/// <param name="Data">The folder that the user named, or null. If it is named, no other place is searched.</param>
/// <param name="SystemFolder">The folder of Debian's package dataset-fashion-mnist.</param>
/// <param name="CacheFolder">The folder that keeps downloads.</param>
/// <param name="Mirrors">Folders on the web, each ending with a slash, tried in order.</param>
public sealed record DatasetLocations(string? Data, string SystemFolder, string CacheFolder, IReadOnlyList<Uri> Mirrors)
{
    /// <summary>The publisher's two mirrors: the download links of the project's README, and the repository itself.</summary>
    public static readonly IReadOnlyList<Uri> OfficialMirrors =
    [
        new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
    ];

    public static DatasetLocations Default(string? data, string cacheFolder) =>
        new(data, "/usr/share/datasets/fashion-mnist", cacheFolder, OfficialMirrors);
}
