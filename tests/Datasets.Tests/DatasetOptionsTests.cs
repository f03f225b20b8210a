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

    private static DatasetOptions Read(string folder) =>
        DatasetOptions.Read(new SettingSource(name => name == "FASHION_DATA" ? folder : null), "cache");
}
