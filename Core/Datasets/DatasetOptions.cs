using ServerlessFashion.Settings;

namespace ServerlessFashion.Datasets;

/// <summary>Where a process looks for the data set and keeps its downloads.</summary>
/// <param name="Data">The folder that the user named; null where none is named.</param>
/// <param name="CacheFolder">Keeps the downloaded data set and weights.</param>
/// <param name="ImageNetMirror">Address of a copy of the ImageNet weights of ResNet50; null for the published one.</param>
public sealed record DatasetOptions(string? Data, string CacheFolder, Uri? ImageNetMirror = null)
{
    /// <summary>A folder with the four files of Fashion-MNIST. Without it they are found or downloaded.</summary>
    public const string DataSetting = "FASHION_DATA";

    private static readonly Setting<string?> DataFolder = new(DataSetting, null, "the path of an existing folder", IsFolder);

    /// <summary>The address of a copy of the ImageNet weights of ResNet50, for machines that cannot reach the published one.</summary>
    public const string MirrorSetting = "FASHION_IMAGENET_URL";

    private static readonly Setting<Uri?> Mirror = new(
        MirrorSetting, null, "the http or https address of a copy of resnet50-0676ba61.pth", IsHttp);

    public static DatasetOptions Read(SettingSource settings, string cacheFolder) =>
        new(settings.Get(DataFolder), cacheFolder, settings.Get(Mirror));

    private static bool IsFolder(string text, out string? folder)
    {
        folder = text;
        return Directory.Exists(text);
    }

    private static bool IsHttp(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";
}
