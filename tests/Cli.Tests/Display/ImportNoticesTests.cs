using ServerlessFashion.Cli.Display;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class ImportNoticesTests
{
    [Fact]
    public void Text_Counting_HasNoTotal() =>
        Assert.Equal("counting images: 35,072", ImportNotices.Text(new ImportProgress(ImportStage.Counting, 35_072, null, null)));

    [Fact]
    public void Text_Reading_HasTheTotalAndTheTimeLeft() => Assert.Equal(
        "reading images: 1,000 of 2,000, 1:05 left",
        ImportNotices.Text(new ImportProgress(ImportStage.Reading, 1000, 2000, TimeSpan.FromSeconds(65))));
}
