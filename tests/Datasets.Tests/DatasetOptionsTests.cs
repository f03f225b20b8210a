using ServerlessFashion.Settings;

namespace ServerlessFashion.Datasets.Tests;

public sealed class DatasetOptionsTests
{
    [Fact]
    public void Read_FolderThatDoesNotExist_IsRefusedByTheNameOfTheSetting()
    {
        var missing = Path.Combine(AppContext.BaseDirectory, "missing");

        var refused = Assert.Throws<InvalidInputException>(() => Read(missing));

        Assert.Equal($"FASHION_DATA: expected the path of an existing folder, found '{missing}'.", refused.Message);
    }

    [Fact]
    public void Read_Folder_IsTheFolderOfTheData() => Assert.Equal(AppContext.BaseDirectory, Read(AppContext.BaseDirectory).Data);

    [Theory]
    [InlineData("ftp://mirror.example/resnet50.pth")]
    [InlineData("resnet50.pth")]
    public void Read_MirrorThatIsNoWebAddress_IsRefusedByTheNameOfTheSetting(string mirror) => Assert.Equal(
        $"FASHION_IMAGENET_URL: expected the http or https address of a copy of resnet50-0676ba61.pth, found '{mirror}'.",
        Assert.Throws<InvalidInputException>(() => ReadMirror(mirror)).Message);

    [Fact]
    public void Read_Mirror_IsItsAddress() => Assert.Equal(
        new Uri("https://mirror.example/resnet50.pth"), ReadMirror("https://mirror.example/resnet50.pth").ImageNetMirror);

    private static DatasetOptions ReadMirror(string mirror) =>
        DatasetOptions.Read(new SettingSource(name => name == "FASHION_IMAGENET_URL" ? mirror : null), "cache");

    private static DatasetOptions Read(string folder) =>
        DatasetOptions.Read(new SettingSource(name => name == "FASHION_DATA" ? folder : null), "cache");
}
