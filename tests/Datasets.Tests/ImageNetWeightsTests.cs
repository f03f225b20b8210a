using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class ImageNetWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeMirrors _mirrors = new();
    private readonly RecordingProgress _progress = new();

    public void Dispose()
    {
        _mirrors.Dispose();
        _folder.Dispose();
    }

    /// <summary>sha256sum of "abc" (FIPS 180-2, appendix B.1) starts with ba7816bf, torchvision's file with 0676ba61.</summary>
    [Fact]
    public async Task GetAsync_OtherLocalFile_IsRefusedWithTheRemedy()
    {
        File.WriteAllText(_folder.File("resnet50-0676ba61.pth"), "abc", Encoding.ASCII);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(GetAsync);

        Assert.Equal(
            $"{_folder.File("resnet50-0676ba61.pth")}: expected a SHA-256 that starts with 0676ba61, found ba7816bf in 3 bytes; "
            + "delete the file to download it again.",
            refused.Message);
        Assert.Empty(_mirrors.Asked);
    }

    [Fact]
    public async Task GetAsync_NoLocalFile_AsksTorchvisionsAddress()
    {
        await Assert.ThrowsAsync<HttpRequestException>(GetAsync);

        Assert.Equal("https://download.pytorch.org/models/resnet50-0676ba61.pth", Assert.Single(_mirrors.Asked).ToString());
        Assert.Equal(["downloading https://download.pytorch.org/models/resnet50-0676ba61.pth"], _progress.Lines);
    }

    [Fact]
    public async Task GetAsync_DownloadOfOtherContent_NeverBecomesTheLocalFile()
    {
        _mirrors.Serve(new Uri("https://download.pytorch.org/"), _ => new ByteArrayContent("abc"u8.ToArray()));

        await Assert.ThrowsAsync<InvalidInputException>(GetAsync);

        Assert.False(File.Exists(_folder.File("resnet50-0676ba61.pth")));
    }

    private async Task<string> GetAsync()
    {
        using var http = new HttpClient(_mirrors, disposeHandler: false);
        return await new ImageNetWeights(_folder.Path, http).GetAsync(_progress, TestContext.Current.CancellationToken);
    }
}
