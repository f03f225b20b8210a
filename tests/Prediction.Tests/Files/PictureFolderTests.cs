using System.Diagnostics;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Files;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_PicturesAndOtherFiles_GivesPicturesInOrderOfTheirPaths()
    {
        Write("b.png", Picture("grey28.png"));
        Write("a/c.jpg", Picture("photo.png"));
        Write("README.md", "hello"u8.ToArray());
        Write(".hidden.png", [1]);

        var read = await ReadFolderAsync(new ReadOptions { BatchSize = 1 });

        Assert.Equal(["a/c.jpg", "b.png"], read.Ids);
        Assert.Equal((await ReadAsync(Picture("photo.png"))).Pixels[0], read.Pixels[0]);
        Assert.Equal((await ReadAsync(Picture("grey28.png"))).Pixels[0], read.Pixels[1]);
        Assert.Equal(["skipped 'README.md', which is no picture."], read.Warnings);
    }

    /// <summary>Opening a pipe without a writer would wait for ever. Its length is 0, as that of an empty file.</summary>
    [Fact]
    public async Task Read_PipeInTheFolder_IsNotOpened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes a pipe with mkfifo.");
        Write("b.png", Picture("grey28.png"));
        Process.Start("mkfifo", [_folder.File("pipe")])!.WaitForExit();
        Assert.Equal(["skipped 'pipe', which is no picture."], (await ReadFolderAsync()).Warnings);

        Process.Start("mkfifo", [_folder.File("a.png")])!.WaitForExit();
        Assert.EndsWith("'a.png': it is empty, or it is no file but a pipe or a device.", await ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_LinkInACircle_IsNotFollowed()
    {
        Write("b.png", Picture("grey28.png"));
        Directory.CreateSymbolicLink(_folder.File("again"), _folder.Path);

        Assert.Equal(["b.png"], (await ReadFolderAsync()).Ids);
    }

    [Fact]
    public async Task Read_NoPictures_IsAnError()
    {
        Assert.Equal($"{_folder.Path}: the folder holds no pictures.", await ErrorAsync());
        Write("table.csv", "a,b"u8.ToArray());
        Assert.Equal($"{_folder.Path}: the folder holds no pictures, only 'table.csv'.", await ErrorAsync());
    }

    [Fact]
    public async Task Read_DamagedPicture_IsNamed()
    {
        Write("a.png", Picture("grey28.png")[..400]);

        Assert.Equal($"{_folder.Path}: 'a.png': the picture is cut off.", await ErrorAsync());
    }

    /// <summary>.NET shows such bytes as U+FFFD and cannot find the file by the name that it shows.</summary>
    [Fact]
    public async Task Read_NameThatIsNotUtf8_IsNamedWithItsRemedy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems refuse such names.");
        Write("a.png", Picture("grey28.png"));
        Run($"mv '{_folder.File("a.png")}' '{_folder.Path}'/$'\\xff.png'");

        var error = await ErrorAsync();

        // .NET cannot delete it either.
        Run($"rm -r '{_folder.Path}'/*");
        Assert.EndsWith("'\ufffd.png': its name is not UTF-8, so that it cannot be opened; rename it.", error, StringComparison.Ordinal);
    }

    private static void Run(string script) => Process.Start("/bin/bash", ["-c", script])!.WaitForExit();

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), content);
    }

    private async Task<string> ErrorAsync() => (await Assert.ThrowsAsync<InvalidInputException>(() => ReadFolderAsync())).Message;

    private async Task<ImagesRead> ReadFolderAsync(ReadOptions? options = null)
    {
        var read = new ImagesRead([], [], []);
        var batches = ImageSource.OfFolder(_folder.Path).ReadAsync(options, read.Warnings.Add, TestContext.Current.CancellationToken);
        await foreach (var batch in batches)
        {
            read.Ids.AddRange(batch.Ids);
            read.Pixels.AddRange(batch.Pixels.ToArray().Chunk(784));
            batch.Dispose();
        }

        return read;
    }
}
