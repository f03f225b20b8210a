namespace ServerlessFashion.Datasets.Tests;

public sealed class DatasetLocationsTests
{
    /// <summary>The links of the publisher's README for the first file. A mirror without its last slash would lose a folder.</summary>
    [Fact]
    public void OfficialMirrors_WithAFileName_AreThePublishedLinks() => Assert.Equal(
        [
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/train-images-idx3-ubyte.gz",
        ],
        DatasetLocations.OfficialMirrors.Select(mirror => new Uri(mirror, "train-images-idx3-ubyte.gz").ToString()));

    /// <summary>The folder in which Debian's package installs its files.</summary>
    [Fact]
    public void Default_Folders_AreTheUsersDebiansAndTheCache()
    {
        var locations = DatasetLocations.Default("mine", "cache");

        Assert.Equal(
            ("mine", "/usr/share/datasets/fashion-mnist", "cache"), (locations.Data, locations.SystemFolder, locations.CacheFolder));
        Assert.Same(DatasetLocations.OfficialMirrors, locations.Mirrors);
    }
}
