using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Telemetry;

/// <summary>
/// No library may keep anything about a user. ONNX Runtime keeps its telemetry in a database below the home folder, unless it is told not
/// to or sees a build server.
/// </summary>
public sealed class HomeFolderTests(StorageFixture storage) : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly TemporaryFolder _input = new();

    /// <summary>A user's machine: the variables that silence the library are not set.</summary>
    private Dictionary<string, string> Environment => new()
    {
        ["HOME"] = _home.Path,
        ["XDG_CACHE_HOME"] = "",
        ["XDG_DATA_HOME"] = "",
        ["XDG_STATE_HOME"] = "",
        ["XDG_CONFIG_HOME"] = "",
        ["ORT_DISABLE_TELEMETRY"] = "",
        ["CI"] = "",
        ["GITHUB_ACTIONS"] = "",
        ["TF_BUILD"] = "",
    };

    public void Dispose()
    {
        _home.Dispose();
        _input.Dispose();
    }

    [Fact]
    public async Task Predict_HomeOfAUser_StaysEmpty()
    {
        var account = await storage.NewAccountAsync();
        var opened = FashionStorage.Connect(account);
        await opened.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await RegisteredModel.AddAsync(opened, new ModelRegistry(opened, TimeProvider.System), "run", "tiny");
        var file = _input.File("a.csv");
        var header = string.Join(',', Enumerable.Range(0, 784));
        await File.WriteAllTextAsync(
            file, $"Id,{header}\n1,{string.Join(',', Enumerable.Repeat(200, 784))}\n", TestContext.Current.CancellationToken);

        var result = await FashionProgram.RunAsync(account, Environment, "predict", file, "--model", "run/tiny");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Path, "*", SearchOption.AllDirectories));
    }
}
