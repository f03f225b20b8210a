using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Datasets;

/// <summary>Names of the blobs of a registered data set in the container <c>datasets</c>.</summary>
internal static class RegisteredSetPaths
{
    /// <summary>Folder of a set, with a trailing slash.</summary>
    public static string Folder(string name) => $"{name}/";

    public static string DescriptionOf(string name) => Folder(name) + StorageNames.DatasetDescription;

    /// <summary>A file from which the set is still to be registered.</summary>
    public static string SourceOf(string name) => Folder(name) + StorageNames.DatasetSource;

    public static string Lock(string name) => Folder(name) + "import.lock";

    /// <summary>One byte for each image of the part.</summary>
    public static string Labels(string name, DatasetPart part) => $"{FolderOf(name, part)}labels.bin";

    /// <summary>The pixels of whole images, one image after the other.</summary>
    public static string Chunk(string name, DatasetPart part, int chunk) =>
        FolderOf(name, part) + string.Create(CultureInfo.InvariantCulture, $"images-{chunk:D5}.bin");

    private static string FolderOf(string name, DatasetPart part) => $"{name}/{part.ToString().ToLowerInvariant()}/";
}
