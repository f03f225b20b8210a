using System.Diagnostics;
using System.Security.Cryptography;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class ImageNetWeightsTests : IDisposable
{
    private const string Name = "weights.bin";

    /// <summary>SHA-256 of "abc" as FIPS 180-2, appendix B.1, has it.</summary>
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly byte[] _content = new byte[300_000];
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingProgress _progress = new();
    private readonly HttpClient _http = new();

    public ImageNetWeightsTests() => new Random(50).NextBytes(_content);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.File(Name);

    private string Partial => _folder.File($"{Name}.partial");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task GetAsync_WholeAnswer_IsTheLocalFileAndIsNotAskedForAgain()
    {
        await using var server = new FileServer(_content);

        Assert.Equal(Path, await GetAsync(server));
        Assert.Equal(Path, await GetAsync(server));

        Assert.Equal(_content, File.ReadAllBytes(Path));
        Assert.Equal([null], server.Asked);
        Assert.False(File.Exists(Partial));
    }

    [Fact]
    public async Task GetAsync_ConnectionThatIsCutOffTwice_ContinuesWhereItStopped()
    {
        await using var server = new FileServer(_content);
        server.Cuts.Enqueue(100_000);
        server.Cuts.Enqueue(50_000);

        await GetAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(Path));
        Assert.Equal([null, 100_000, 150_000], server.Asked);
    }

    [Fact]
    public async Task GetAsync_StartOfAnEarlierDownload_IsContinued()
    {
        File.WriteAllBytes(Partial, _content[..200_000]);
        await using var server = new FileServer(_content);

        await GetAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(Path));
        Assert.Equal([200_000], server.Asked);
    }

    [Fact]
    public async Task GetAsync_CompleteEarlierDownload_IsTaken()
    {
        File.WriteAllBytes(Partial, _content);
        await using var server = new FileServer(_content);

        await GetAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(Path));
        Assert.Equal([_content.Length], server.Asked);
    }

    [Fact]
    public async Task GetAsync_EarlierDownloadThatIsTooLong_BeginsAnew()
    {
        File.WriteAllBytes(Partial, new byte[400_000]);
        await using var server = new FileServer(_content);

        await GetAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(Path));
        Assert.Equal([400_000, null], server.Asked);
    }

    [Fact]
    public async Task GetAsync_ServerWithoutRanges_BeginsAnew()
    {
        File.WriteAllBytes(Partial, _content[..200_000]);
        await using var server = new FileServer(_content) { KnowsRanges = false };

        await GetAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(Path));
    }

    [Fact]
    public async Task GetAsync_ServerThatSendsNothingNew_IsGivenUpInOneSentenceAndKeepsWhatCame()
    {
        await using var server = new FileServer(_content);
        foreach (var cut in (int[])[100_000, 0, 0, 0])
        {
            server.Cuts.Enqueue(cut);
        }

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(server));

        Assert.StartsWith($"{Name} cannot be downloaded from 127.0.0.1 (", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"; put it into {_folder.Path}, or name a mirror in FASHION_IMAGENET_URL.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(100_000, new FileInfo(Partial).Length);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task GetAsync_OtherContent_IsDeletedAndRefusedWithBothHashes()
    {
        await using var server = new FileServer("abc"u8.ToArray());

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(server));

        Assert.Contains($"expected SHA-256 {Hash()}, found {HashOfAbc}", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path) || File.Exists(Partial));
    }

    /// <summary>The first eight digits, which torchvision's name has, would be forged in a moment.</summary>
    [Fact]
    public async Task GetAsync_LocalFileWhoseHashBeginsRight_IsRefusedWithTheRemedy()
    {
        File.WriteAllBytes(Path, "abc"u8.ToArray());
        var file = new ImageNetFile(Name, HashOfAbc[..8] + new string('0', 56), new Uri("http://127.0.0.1:1/"));

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => Weights(null).GetAsync(file, _progress, Cancellation));

        Assert.Equal(
            $"{Path}: expected SHA-256 {file.Sha256}, found {HashOfAbc} in 3 bytes; delete the file to download it again.",
            refused.Message);
    }

    [Fact]
    public async Task GetAsync_Mirror_ReplacesThePublishedAddress()
    {
        await using var server = new FileServer(_content);
        var published = new ImageNetFile(Name, Hash(), new Uri("http://unreachable.invalid/file.bin"));

        await Weights(server.Address).GetAsync(published, _progress, Cancellation);

        Assert.Equal([null], server.Asked);
    }

    [Fact]
    public async Task GetAsync_ManyAtOnce_DownloadOnce()
    {
        await using var server = new FileServer(_content);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => GetAsync(server))));

        Assert.Equal([null], server.Asked);
    }

    /// <summary>Another process has the lock. When it ends, the system opens the lock, and the file that it left is taken.</summary>
    [Fact]
    public async Task GetAsync_OtherProcessDownloads_WaitsForItAndTakesItsFile()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "Needs flock of util-linux.");
        await using var server = new FileServer(_content);
        var start = new ProcessStartInfo("/usr/bin/flock", [_folder.File($"{Name}.lock"), "sh", "-c", "echo locked; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var other = Process.Start(start)!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(Cancellation));

        var waiting = Task.Run(() => GetAsync(server), Cancellation);
        await _progress.WaitForAsync(line => line == $"waiting for another process that downloads {Name}");
        Assert.False(waiting.IsCompleted);
        File.WriteAllBytes(Path, _content);
        other.StandardInput.Close();

        Assert.Equal(Path, await waiting);
        Assert.Empty(server.Asked);
    }

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(_content));

    private ImageNetWeights Weights(Uri? mirror) => new(_folder.Path, _http, mirror);

    private Task<string> GetAsync(FileServer server) =>
        Weights(null).GetAsync(new ImageNetFile(Name, Hash(), server.Address), _progress, Cancellation);
}
