using System.Security.Cryptography;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public class CompetitionCsvTests
{
    [Fact]
    public async Task ExportAsync_TinySet_WritesHeadersIdsLabelsAndPixels()
    {
        using var folder = new TemporaryFolder();

        await CompetitionCsv.ExportAsync(SyntheticSet.Of(train: 3, test: 2), folder.Path, TestContext.Current.CancellationToken);

        // Images 0 and 1 are the test set; training are image 2 (784 x 2 - 1956 < every cut), then 3 and 4 of t10k.
        var train = await File.ReadAllLinesAsync(folder.File("train.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("Id,Label," + string.Join(',', Enumerable.Range(0, 784)), train[0]);
        Assert.Equal(["0,0," + Pixels(2), "1,0," + Pixels(3), "2,0," + Pixels(4)], train[1..]);

        var test = await File.ReadAllLinesAsync(folder.File("testX.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("Id," + string.Join(',', Enumerable.Range(0, 784)), test[0]);
        Assert.Equal(["0," + Pixels(0), "1," + Pixels(1)], test[1..]);

        // Image 0: 0 + 28822, image 1: 784 - 28356, both below the first cut.
        Assert.Equal("Id,Label\n0,0\n1,0\n", await File.ReadAllTextAsync(folder.File("testY.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task ExportAsync_PublishedSet_ReproducesTheCompetitionFiles()
    {
        var data = PublishedSet.Load();
        using var folder = new TemporaryFolder();

        await CompetitionCsv.ExportAsync(data, folder.Path, TestContext.Current.CancellationToken);

        var row1 = (await File.ReadAllLinesAsync(folder.File("testX.csv"), TestContext.Current.CancellationToken))[2].Split(',');
        Assert.Equal(["1", "119", "114", "130", "76"], [row1[0], .. row1[775..779]]);
        // A submission of 10,000 rows has this length in bytes.
        Assert.Equal(68_899, new FileInfo(folder.File("testY.csv")).Length);
        // Of files that a Python program (gzip, numpy, str.join) wrote from the same IDX files and the published rule.
        Assert.Equal("931e1d1d9df369126d588b5a997700e5d67cc56d06d010b93385d4187c9c856a", await Sha256Async(folder.File("train.csv")));
        Assert.Equal("866b3b97f537e771d6470dc7d79f9f8d9d4428376fe795d3bb577c9c7e0af02c", await Sha256Async(folder.File("testX.csv")));
        Assert.Equal("621f01ad339b47c4169c77561658460473254b144d55b0ad79986d6c875042ba", await Sha256Async(folder.File("testY.csv")));
    }

    [Fact]
    public async Task ExportAsync_Cancelled_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CompetitionCsv.ExportAsync(SyntheticSet.Of(3, 2), folder.Path, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static string Pixels(int value) => string.Join(',', Enumerable.Repeat(value, 784));

    private static async Task<string> Sha256Async(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken));
    }
}
