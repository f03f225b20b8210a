using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Application.Tests;

public sealed class ReportFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_AnotherProcessWritesTheSameFile_ReplacesIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is open.");
        var path = Path.Combine(_folder.FullName, "index.html");
        await using var other = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);

        await Write("index.html", "new");

        Assert.Equal("new", await File.ReadAllTextAsync(path, Cancellation));
    }

    [Fact]
    public async Task WriteAsync_FailsHalfway_KeepsTheEarlierFile()
    {
        await Write("plots/curves.svg", "whole");

        await Assert.ThrowsAsync<IOException>(() => new ReportFolder(_folder.FullName).WriteAsync("plots/curves.svg", async stream =>
        {
            await stream.WriteAsync("ha"u8.ToArray(), Cancellation);
            throw new IOException("No space left on device");
        }));

        var file = Assert.Single(_folder.GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal("whole", await File.ReadAllTextAsync(file.FullName, Cancellation));
    }

    [Fact]
    public async Task CompleteAsync_EarlierReportHadMore_RemovesWhatItWroteAndNothingElse()
    {
        await WriteReport("index.html", "plots/curves-model1.svg", "plots/curves-model4.svg", "submission-model4.csv");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "plots", "mine.svg"), "mine", Cancellation);

        await WriteReport("index.html", "plots/curves-model1.svg");

        Assert.Equal([".fashion-files", "index.html", "plots/curves-model1.svg", "plots/mine.svg"], Files());
    }

    [Fact]
    public async Task CompleteAsync_FolderIsLeftEmpty_RemovesIt()
    {
        await WriteReport("index.html", "tables/a/one.csv");

        await WriteReport("index.html");

        Assert.Empty(_folder.GetDirectories());
    }

    [Fact]
    public async Task CompleteAsync_SomebodyChangedAFile_LeavesIt()
    {
        await WriteReport("index.html", "tables/cost.csv");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "tables", "cost.csv"), "my notes", Cancellation);

        await WriteReport("index.html");

        Assert.Equal([".fashion-files", "index.html", "tables/cost.csv"], Files());
    }

    [Fact]
    public async Task CompleteAsync_ListNamesAFileOutside_LeavesIt()
    {
        var inside = new ReportFolder(Path.Combine(_folder.FullName, "report"));
        await Write("outside.txt", "same");
        await inside.WriteAsync("index.html", _ => Task.CompletedTask);
        // The list names the file with its true hash.
        var hash = Convert.ToHexStringLower(SHA256.HashData("same"u8));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "report", ".fashion-files"), $"{hash}  ../outside.txt\nno line\n", Cancellation);

        await inside.CompleteAsync();

        Assert.Contains("outside.txt", Files());
    }

    [Fact]
    public async Task CompleteAsync_StoreOfManyRuns_RemovesFilesOfTheWrittenRunOnly()
    {
        await WriteStore("1/a/params/seed", "1/a/metrics/loss");
        await WriteStore("1/b/params/seed", "1/b/metrics/loss");

        await WriteStore("1/b/params/seed");

        Assert.Equal([".fashion-files", "1/a/metrics/loss", "1/a/params/seed", "1/b/params/seed"], Files());
        await WriteStore("1/a/params/seed");
        Assert.Equal([".fashion-files", "1/a/params/seed", "1/b/params/seed"], Files());
    }

    [Fact]
    public async Task CompleteAsync_ReportIsWritten_ListsItAsSha256SumDoes()
    {
        await WriteReport("index.html");

        // printf index.html | sha256sum
        Assert.Equal(
            "0eb547304658805aad788d320f10bf1f292797b5e6d745a3bf617584da017051  index.html\n",
            await File.ReadAllTextAsync(Path.Combine(_folder.FullName, ".fashion-files"), Cancellation));
    }

    [Theory]
    [InlineData(".fashion-files")]
    [InlineData("index.html")]
    public async Task CompleteAsync_FolderHasTheNameOfAFile_NamesItAndLeavesNoPartialFile(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "mine.txt"), "mine", Cancellation);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => WriteReport("index.html"));

        Assert.StartsWith($"output: {folder.FullName} is a folder", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Files(), file => file.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Contains($"{name}/mine.txt", Files());
    }

    [Fact]
    public async Task WriteAsync_FileHasTheNameOfAFolder_NamesThePath()
    {
        await Write("plots", "mine");

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => Write("plots/curves.svg", "new"));

        Assert.StartsWith(
            $"output: {Path.Combine(_folder.FullName, "plots")} is a file, and a folder ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["plots"], Files());
    }

    [Fact]
    public async Task WriteAsync_DiskIsFull_NamesTheFile()
    {
        // ENOSPC is 28 on Linux and macOS.
        var failure = await Assert.ThrowsAsync<DiskFullException>(() => new ReportFolder(_folder.FullName).WriteAsync(
            "index.html", _ => throw new IOException("No space left on device", 28)));

        var path = Path.Combine(_folder.FullName, "index.html");
        Assert.Equal($"output: {path} cannot be written, because the disk is full; free some space.", failure.Message);
        Assert.Empty(Files());
    }

    /// <summary>A pipe waits for a writer when it is opened.</summary>
    [Fact]
    public async Task CompleteAsync_PipeHasTheNameOfTheList_ReplacesIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs named pipes.");
        var list = Path.Combine(_folder.FullName, ".fashion-files");
        using (var made = Process.Start("mkfifo", [list]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        await WriteReport("index.html").WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.EndsWith("  index.html\n", await File.ReadAllTextAsync(list, Cancellation), StringComparison.Ordinal);
    }

    private Task WriteReport(params string[] files) => WriteAll(new ReportFolder(_folder.FullName), files);

    private Task WriteStore(params string[] files) => WriteAll(ReportFolder.MlflowStoreIn(_folder.FullName), files);

    /// <summary>The content of each file is its name.</summary>
    private static async Task WriteAll(ReportFolder folder, string[] files)
    {
        foreach (var file in files)
        {
            await folder.WriteAsync(file, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(file), Cancellation).AsTask());
        }

        await folder.CompleteAsync();
    }

    private Task Write(string file, string text) => new ReportFolder(_folder.FullName).WriteAsync(
        file, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation).AsTask());

    private IEnumerable<string> Files() => _folder.GetFiles("*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.FullName, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
