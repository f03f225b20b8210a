using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public class FashionMnistFilesTests
{
    [Fact]
    public void Names_OfTheFourFiles_AreThePublishers()
    {
        Assert.Equal(
            ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
            FashionMnistFiles.Names);
    }

    [Fact]
    public void AreIn_FolderThatLacksOne_IsFalseUntilItIsThere()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in FashionMnistFiles.Names.Take(3))
        {
            File.WriteAllText(folder.File(name), "");
        }

        Assert.False(FashionMnistFiles.AreIn(folder.Path));
        File.WriteAllText(folder.File(FashionMnistFiles.Names[3]), "");
        Assert.True(FashionMnistFiles.AreIn(folder.Path));
    }
}
