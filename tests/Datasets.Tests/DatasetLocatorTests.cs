using System.Net;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class DatasetLocatorTests : IDisposable
{
    private static readonly Uri First = new("http://first.test/set/");
    private static readonly Uri Second = new("http://second.test/");

    private readonly TemporaryFolder _root = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingProgress _progress = new();
    private readonly FakeInstaller _installer = new();
    private readonly FakeMirrors _mirrors = new();

    private string System => _root.File("system");

    private string Cache => _root.File("cache");

    public void Dispose()
    {
        _mirrors.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task LocateAsync_NamedFolderWithTheFiles_IsTakenBeforeAllOthers()
    {
        PlaceEmptyFiles(System);
        PlaceEmptyFiles(_root.File("mine"));

        Assert.Equal(FashionMnistFiles.In(_root.File("mine")), await LocateAsync(_root.File("mine")));
    }

    [Fact]
    public async Task LocateAsync_NamedFolderThatLacksFiles_IsRefusedAndNothingElseTried()
    {
        PlaceEmptyFiles(System);
        PlaceEmptyFiles(_root.File("mine"));
        File.Delete(Path.Combine(_root.File("mine"), "t10k-labels-idx1-ubyte.gz"));

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => LocateAsync(_root.File("mine")));

        Assert.Equal(
            $"{_root.File("mine")}: expected the four files of Fashion-MNIST, found it without t10k-labels-idx1-ubyte.gz.", refusal.Message);
        Assert.Empty(_mirrors.Asked);
    }

    [Fact]
    public async Task LocateAsync_NamedFolderThatDoesNotExist_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => LocateAsync(_root.File("absent")));

        Assert.Equal(
            $"{_root.File("absent")}: expected a folder with the four files of Fashion-MNIST, found no such folder.", refusal.Message);
    }

    [Fact]
    public async Task LocateAsync_SystemFolderAndCache_AreTakenInThisOrderWithoutTheWeb()
    {
        PlaceEmptyFiles(Cache);
        Assert.Equal(FashionMnistFiles.In(Cache), await LocateAsync());

        PlaceEmptyFiles(System);
        Assert.Equal(FashionMnistFiles.In(System), await LocateAsync());
        Assert.Empty(_mirrors.Asked);
    }

    [Fact]
    public async Task LocateAsync_NothingHere_DownloadsChecksAndCaches()
    {
        _mirrors.ServePublishedSet(First);

        var files = await LocateAsync();

        Assert.Equal(FashionMnistFiles.In(Cache), files);
        Assert.Equal(FashionMnistFiles.Names, _mirrors.Asked.Select(asked => asked.Segments[^1]));
        Assert.Equal("http://first.test/set/train-images-idx3-ubyte.gz", _mirrors.Asked[0].ToString());
        Assert.Equal(PublishedSet.Load().Sha256, files.Load().Sha256);
        Assert.Equal(4, Directory.GetFiles(Cache).Length);
        Assert.Contains(_progress.Lines, line => line.StartsWith("Downloading train-images-idx3-ubyte.gz from first.test: ", StringComparison.Ordinal));
        Assert.Empty(_installer.Asked);
    }

    [Fact]
    public async Task LocateAsync_FilesLeftFromAnInterruptedDownload_AreKeptAndTheRestIsFetched()
    {
        _mirrors.ServePublishedSet(First);
        Directory.CreateDirectory(Cache);
        File.Copy(PublishedSet.Files().TrainImages, Path.Combine(Cache, "train-images-idx3-ubyte.gz"));

        await LocateAsync();

        Assert.Equal(FashionMnistFiles.Names.Skip(1), _mirrors.Asked.Select(asked => asked.Segments[^1]));
    }

    [Theory]
    [InlineData("error page")]
    [InlineData("other set")]
    [InlineData("cut off")]
    public async Task LocateAsync_FirstMirrorServesWrongContent_TakesTheSecondForAllFiles(string fault)
    {
        _mirrors.ServePublishedSet(Second);
        var broken = fault switch
        {
            "error page" => "<html>"u8.ToArray(),
            "other set" => Gzip.Compress([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[60_000 * 784]]),
            _ => File.ReadAllBytes(PublishedSet.Files().TrainImages)[..1_000_000],
        };
        _mirrors.Serve(First, _ => new ByteArrayContent(broken));

        await LocateAsync();

        Assert.Equal([First.Host, .. Enumerable.Repeat(Second.Host, 4)], _mirrors.Asked.Select(asked => asked.Host));
        Assert.Equal(4, Directory.GetFiles(Cache).Length);
    }

    [Fact]
    public async Task LocateAsync_FirstMirrorStaysSilent_IsGivenUpAfterThirtySeconds()
    {
        _mirrors.ServePublishedSet(Second);
        var asked = _mirrors.ServeSilence(First);

        var located = LocateAsync();
        await asked;
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(FashionMnistFiles.In(Cache), await located);
        Assert.Contains("first.test: nothing came for 30 s.", _progress.Lines);
    }

    [Fact]
    public async Task LocateAsync_SlowMirrorThatKeepsSending_IsWaitedFor()
    {
        // 20 s before each of the file's chunks: minutes in all, but never 30 s of silence.
        PublishedSet.Files();
        _mirrors.Serve(First, file => new StreamContent(new SlowStream(
            File.ReadAllBytes(Path.Combine(PublishedSet.Folder, file.Segments[^1])), () => _time.Advance(TimeSpan.FromSeconds(20)))));

        await LocateAsync();

        Assert.All(_mirrors.Asked, asked => Assert.Equal(First.Host, asked.Host));
    }

    [Fact]
    public async Task LocateAsync_CancelledDuringTheDownload_LeavesNoFile()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = _mirrors.ServeSilence(First);

        var located = LocateAsync(cancellationToken: cancellation.Token);
        await asked;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => located);
        Assert.Empty(Directory.GetFiles(Cache));
        Assert.Empty(_installer.Asked);
    }

    [Fact]
    public async Task LocateAsync_MirrorThatNeverEnds_IsStoppedAtTheLimit()
    {
        _mirrors.Serve(First, _ => new StreamContent(new EndlessStream()));

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => LocateAsync());

        Assert.Contains("first.test: http://first.test/set/train-images-idx3-ubyte.gz: expected at most 67108864 bytes, found more", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Cache));
    }

    [Fact]
    public async Task LocateAsync_NoMirrorButInstallablePackage_UsesTheSystemFolder()
    {
        _installer.Effect = () => PlaceEmptyFiles(System);

        Assert.Equal(FashionMnistFiles.In(System), await LocateAsync());
        Assert.Equal(["dataset-fashion-mnist"], _installer.Asked);
    }

    [Fact]
    public async Task LocateAsync_EveryWayFails_SaysInOneLineWhatToDo()
    {
        _installer.Failure = "installing it takes root rights";

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => LocateAsync());

        Assert.Equal(
            $"Fashion-MNIST: expected its four files in {System} or {Cache}, found them neither there nor by download "
            + "(first.test: Response status code does not indicate success: 404 (Not Found); "
            + "second.test: Response status code does not indicate success: 404 (Not Found)) "
            + "nor as Debian package (installing it takes root rights); put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
            + "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz into a folder and name it with --data, or install dataset-fashion-mnist.",
            refusal.Message);
    }

    private async Task<FashionMnistFiles> LocateAsync(string? data = null, CancellationToken? cancellationToken = null)
    {
        using var http = new HttpClient(_mirrors, disposeHandler: false);
        var locator = new DatasetLocator(new(data, System, Cache, [First, Second]), http, _installer, _time);
        return await locator.LocateAsync(_progress, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private static void PlaceEmptyFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var path in FashionMnistFiles.In(folder).Paths)
        {
            File.WriteAllText(path, "");
        }
    }

    private sealed class RecordingProgress : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }

    private sealed class FakeInstaller : IPackageInstaller
    {
        public List<string> Asked { get; } = [];

        public string? Failure { get; set; }

        public Action Effect { get; set; } = () => { };

        public Task<string?> InstallAsync(string package, CancellationToken cancellationToken)
        {
            Asked.Add(package);
            Effect();
            return Task.FromResult(Failure);
        }
    }

    /// <summary>Answers 404 unless told otherwise for a mirror.</summary>
    private sealed class FakeMirrors : HttpMessageHandler
    {
        private readonly Dictionary<string, Func<Uri, CancellationToken, Task<HttpContent>>> _answers = [];

        public List<Uri> Asked { get; } = [];

        public void ServePublishedSet(Uri mirror)
        {
            PublishedSet.Files();
            Serve(mirror, file => new StreamContent(File.OpenRead(Path.Combine(PublishedSet.Folder, file.Segments[^1]))));
        }

        public void Serve(Uri mirror, Func<Uri, HttpContent> answer) =>
            _answers[mirror.Host] = (file, _) => Task.FromResult(answer(file));

        /// <summary>Lets a mirror accept requests and never answer. The returned task ends when one was made.</summary>
        public Task ServeSilence(Uri mirror)
        {
            var asked = new TaskCompletionSource();
            _answers[mirror.Host] = async (_, cancellationToken) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("An endless delay ended.");
            };
            return asked.Task;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!);
            return _answers.TryGetValue(request.RequestUri!.Host, out var answer)
                ? new(HttpStatusCode.OK) { Content = await answer(request.RequestUri, cancellationToken) }
                : new(HttpStatusCode.NotFound);
        }
    }

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
