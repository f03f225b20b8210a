using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class DatasetDownloadTests : IDisposable
{
    private static readonly Uri First = new("http://first.test/set/");
    private static readonly Uri Second = new("http://second.test/");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingProgress _progress = new();
    private readonly FakeMirrors _mirrors = new();

    public void Dispose()
    {
        _mirrors.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("error page")]
    [InlineData("other set")]
    [InlineData("cut off")]
    public async Task FetchAsync_FirstMirrorServesWrongContent_TakesTheSecondForAllFiles(string fault)
    {
        _mirrors.ServePublishedSet(Second);
        var broken = fault switch
        {
            "error page" => "<html>"u8.ToArray(),
            "other set" => Gzip.Compress([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[60_000 * 784]]),
            _ => File.ReadAllBytes(PublishedSet.Files().TrainImages)[..1_000_000],
        };
        _mirrors.Serve(First, _ => new ByteArrayContent(broken));

        Assert.Null(await FetchAsync());

        Assert.Equal([First.Host, .. Enumerable.Repeat(Second.Host, 4)], _mirrors.Asked.Select(asked => asked.Host));
        Assert.Equal(FashionMnistFiles.Names.Order(), Files());
    }

    [Fact]
    public async Task FetchAsync_FirstMirrorStaysSilent_IsGivenUpAfterThirtySeconds()
    {
        _mirrors.ServePublishedSet(Second);
        var asked = _mirrors.ServeSilence(First);

        var fetched = FetchAsync();
        await asked;
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Null(await fetched);
        Assert.Contains("first.test: nothing came for 30 s.", _progress.Lines);
    }

    [Fact]
    public async Task FetchAsync_SlowMirrorThatKeepsSending_IsWaitedFor()
    {
        // 20 s before each of the file's chunks: minutes in all, but never 30 s of silence.
        PublishedSet.Files();
        _mirrors.Serve(First, file => new StreamContent(new SlowStream(
            File.ReadAllBytes(Path.Combine(PublishedSet.Folder, file.Segments[^1])), () => _time.Advance(TimeSpan.FromSeconds(20)))));

        Assert.Null(await FetchAsync());

        Assert.All(_mirrors.Asked, asked => Assert.Equal(First.Host, asked.Host));
    }

    [Fact]
    public async Task FetchAsync_CancelledDuringTheDownload_LeavesNoFile()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = _mirrors.ServeSilence(First);

        var fetched = FetchAsync(cancellation.Token);
        await asked;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetched);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task FetchAsync_MirrorThatNeverEnds_IsStoppedAtTheLimit()
    {
        _mirrors.Serve(First, _ => new StreamContent(new EndlessStream()));

        Assert.StartsWith(
            "first.test: http://first.test/set/train-images-idx3-ubyte.gz: expected at most 67108864 bytes, found more; second.test: ",
            await FetchAsync(), StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task FetchAsync_FilesLeftFromAnInterruptedDownload_AreKeptAndTheRestIsFetched()
    {
        _mirrors.ServePublishedSet(First);
        File.Copy(PublishedSet.Files().TrainImages, _folder.File("train-images-idx3-ubyte.gz"));

        Assert.Null(await FetchAsync());

        Assert.Equal(FashionMnistFiles.Names.Skip(1), _mirrors.Asked.Select(asked => asked.Segments[^1]));
    }

    [Fact]
    public async Task FetchAsync_EveryMirrorLacksTheFiles_NamesEachOnce() => Assert.Equal(
        "first.test: Response status code does not indicate success: 404 (Not Found); "
        + "second.test: Response status code does not indicate success: 404 (Not Found)",
        await FetchAsync());

    private async Task<string?> FetchAsync(CancellationToken? cancellation = null)
    {
        using var http = new HttpClient(_mirrors, disposeHandler: false);
        return await new DatasetDownload(http, _time, NullLogger.Instance)
            .FetchAsync(_folder.Path, [First, Second], _progress, cancellation ?? TestContext.Current.CancellationToken);
    }

    private IEnumerable<string?> Files() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order();

    private sealed class SlowStream(byte[] content, Action wait) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wait();
            cancellationToken.ThrowIfCancellationRequested();
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
