using ServerlessFashion.Data;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Tests;

/// <summary>The real Fashion-MNIST, from the folder of Debian's package; tests that need it are skipped where it is absent.</summary>
internal static class PublishedSet
{
    private static readonly Lazy<FashionMnist> Loaded = new(() => Files().Load());

    public static string Folder { get; } = DatasetLocations.Default(null, "unused").SystemFolder;

    public static FashionMnistFiles Files()
    {
        Assert.SkipUnless(FashionMnistFiles.AreIn(Folder), $"Fashion-MNIST is not in {Folder} (Debian package dataset-fashion-mnist).");
        return FashionMnistFiles.In(Folder);
    }

    public static FashionMnist Load()
    {
        Files();
        return Loaded.Value;
    }
}
