namespace ServerlessFashion.Application.Tests;

public sealed class ReportFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_AnotherProcessWritesTheSameFile_ReplacesIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is open.");
        var path = Path.Combine(_folder.FullName, "index.html");
        await using var other = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);

        await Write("index.html", "new");

        Assert.Equal("new", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WriteAsync_FailsHalfway_KeepsTheEarlierFile()
    {
        await Write("plots/curves.svg", "whole");

        await Assert.ThrowsAsync<IOException>(() => new ReportFolder(_folder.FullName).WriteAsync("plots/curves.svg", async stream =>
        {
            await stream.WriteAsync("ha"u8.ToArray(), TestContext.Current.CancellationToken);
            throw new IOException("No space left on device");
        }));

        var file = Assert.Single(_folder.GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal("whole", await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken));
    }

    private Task Write(string file, string text) => new ReportFolder(_folder.FullName).WriteAsync(
        file, async stream => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken));
}
