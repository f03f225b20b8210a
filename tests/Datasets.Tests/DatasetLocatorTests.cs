using Microsoft.Extensions.Time.Testing;
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

    [Theory]
    [InlineData("", "train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte")]
    [InlineData("", "train-images.idx3-ubyte train-labels.idx1-ubyte t10k-images.idx3-ubyte t10k-labels.idx1-ubyte")]
    [InlineData("", "train-images-idx3-ubyte train-labels-idx1-ubyte.gz t10k-images.idx3-ubyte t10k-labels-idx1-ubyte.gz")]
    [InlineData("FashionMNIST/raw", "train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte")]
    [InlineData("raw", "train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte")]
    public async Task LocateAsync_FilesAsOtherProgramsLeaveThem_AreTaken(string subfolder, string names)
    {
        var paths = names.Split(' ').Select(name => Path.Combine(_root.File("mine"), subfolder, name)).ToList();
        Directory.CreateDirectory(Path.GetDirectoryName(paths[0])!);
        paths.ForEach(path => File.WriteAllText(path, ""));

        Assert.Equal(paths, (await LocateAsync(_root.File("mine"))).Paths);
    }

    [Fact]
    public async Task LocateAsync_NamedFolderThatLacksFiles_IsRefusedAndNothingElseTried()
    {
        PlaceEmptyFiles(System);
        PlaceEmptyFiles(_root.File("mine"));
        File.Delete(Path.Combine(_root.File("mine"), "t10k-labels-idx1-ubyte.gz"));

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => LocateAsync(_root.File("mine")));

        Assert.Equal(
            $"{_root.File("mine")}: expected the four files of Fashion-MNIST, found it without "
                + "t10k-labels-idx1-ubyte.gz; the files may also be unpacked, or lie in FashionMNIST/raw.", refusal.Message);
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
        Assert.Contains(
            _progress.Lines, line => line.StartsWith("Downloading train-images-idx3-ubyte.gz from first.test: ", StringComparison.Ordinal));
        Assert.Empty(_installer.Asked);
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
            + "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz into a folder and name it with --data, or install "
                + "dataset-fashion-mnist.",
            refusal.Message);
    }

    private async Task<FashionMnistFiles> LocateAsync(string? data = null)
    {
        using var http = new HttpClient(_mirrors, disposeHandler: false);
        var locator = new DatasetLocator(new(data, System, Cache, [First, Second]), http, _installer, _time);
        return await locator.LocateAsync(_progress, TestContext.Current.CancellationToken);
    }

    private static void PlaceEmptyFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var path in FashionMnistFiles.In(folder).Paths)
        {
            File.WriteAllText(path, "");
        }
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
}
