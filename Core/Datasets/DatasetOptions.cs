using ServerlessFashion.Settings;

namespace ServerlessFashion.Datasets;

/// <summary>Where a process looks for the data set and keeps its downloads.</summary>
/// <param name="Data">The folder that the user named; null where none is named.</param>
/// <param name="CacheFolder">Keeps the downloaded data set and weights.</param>
public sealed record DatasetOptions(string? Data, string CacheFolder)
{
    /// <summary>A folder with the four files of Fashion-MNIST. Without it they are found or downloaded.</summary>
    public const string DataSetting = "FASHION_DATA";

    private static readonly Setting<string?> DataFolder = new(DataSetting, null, "the path of an existing folder", IsFolder);

    public static DatasetOptions Read(SettingSource settings, string cacheFolder) => new(settings.Get(DataFolder), cacheFolder);

    private static bool IsFolder(string text, out string? folder)
    {
        folder = text;
        return Directory.Exists(text);
    }
}
