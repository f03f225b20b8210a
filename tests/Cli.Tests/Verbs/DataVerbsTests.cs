using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class DataVerbsTests(StorageFixture storage) : IDisposable
{
    /// <summary>Nothing listens there.</summary>
    private const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Data_AddListShowRemove_FollowOneSet()
    {
        var account = await storage.NewAccountAsync();
        var csv = await WriteAsync("pets.csv", "label,pixel0,pixel1,pixel2,pixel3\n0,1,2,3,4\n1,5,6,7,8\n1,1,2,3,4\n");
        var labels = await WriteAsync("names.txt", "cat\n dog \n\n");

        var added = await FashionProgram.RunAsync(account, "data", "add", "pets", csv, "--size", "8", "--labels", labels);
        var again = await FashionProgram.RunAsync(account, "data", "add", "pets", csv);
        var list = await FashionProgram.RunAsync(account, "data", "list", "--json");
        var shown = await FashionProgram.RunAsync(account, "data", "show", "pets", "--json");
        var unconfirmed = await FashionProgram.RunAsync(account, "data", "remove", "pets");
        var removed = await FashionProgram.RunAsync(account, "data", "remove", "pets", "--yes", "--json");
        var missing = await FashionProgram.RunAsync(account, "data", "show", "pets");

        Assert.True(added.ExitCode == 0, added.Error);
        Assert.StartsWith(
            "pets: 3 training and 0 test images of 8x8 grey pixels, 2 classes (SHA-256 ", added.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1 image repeats an earlier one with another label. pets.csv line 4\n".Replace("\n", Environment.NewLine), added.Output,
            StringComparison.Ordinal);
        Assert.Equal(2, again.ExitCode);
        Assert.StartsWith("fashion: name: a data set 'pets' is registered already;", again.Error, StringComparison.Ordinal);
        var names = JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Select(set => set.GetProperty("name").GetString());
        Assert.Equal(["fashion-mnist", "pets"], names);
        var set = JsonDocument.Parse(shown.Output).RootElement;
        Assert.Equal(["cat", "dog"], set.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            (2, "fashion: data remove: nobody can confirm here; repeat the command with --yes."),
            (unconfirmed.ExitCode, unconfirmed.Error.Trim()));
        Assert.True(JsonDocument.Parse(removed.Output).RootElement.GetProperty("removed").GetBoolean());
        Assert.Equal(
            (2, "fashion: name: no data set 'pets' is registered; fashion data list shows all of them."),
            (missing.ExitCode, missing.Error.Trim()));
    }

    [Theory]
    [InlineData(RunStatus.Completed, 0, "fashion: 1 run used pets: some-run. Its models and stored reports stay.")]
    [InlineData(
        RunStatus.Running, 2,
        "fashion: name: run some-run uses the data set 'pets' and is running; wait for its end, cancel it, or remove the set with --force "
            + "(over HTTP: force=true).")]
    public async Task Remove_SetOfARun_SaysOneThing(RunStatus status, int exitCode, string expected)
    {
        var account = await storage.NewAccountAsync();
        var csv = await WriteAsync("pets.csv", "label,pixel0,pixel1,pixel2,pixel3\n0,1,2,3,4\n1,5,6,7,8\n");
        await FashionProgram.RunAsync(account, "data", "add", "pets", csv);
        var definition = Presets.Configure(new ComparisonOptions { Models = ["model1"] }, _ => 1);
        await AddedRun.StoreOn(FashionStorage.Connect(account)).AddAsync(
            "some-run", status, definition with { Configuration = definition.Configuration with { Dataset = "pets" } },
            TimeProvider.System.GetUtcNow());

        var removed = await FashionProgram.RunAsync(account, "data", "remove", "pets", "--yes");

        Assert.Equal((exitCode, expected), (removed.ExitCode, removed.Error.Trim()));
    }

    [Theory]
    [InlineData("name: 'fashion-mnist' is built in and cannot be removed; `fashion data list` shows the sets that were", "fashion-mnist")]
    [InlineData("name: expected 1 to 63 lower-case letters", "My Pets")]
    public async Task Remove_NameOfNoRegisteredSet_IsRefusedBeforeStorageIsOpened(string expected, string name)
    {
        var result = await FashionProgram.RunAsync(Unreachable, "data", "remove", name, "--yes");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"fashion: {expected}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: expected 1 to 63 lower-case letters, digits and hyphens", "My Pets", "pets.csv")]
    [InlineData("name: 'fashion-mnist' is the built-in data set; choose another name.", "fashion-mnist", "pets.csv")]
    [InlineData("grey: the images are grey or have colours; leave out --grey or --colour.", "pets", "pets.csv", "--grey", "--colour")]
    [InlineData("size: expected 8 to 512 pixels, found 7.", "pets", "pets.csv", "--size", "7")]
    [InlineData("labels: cannot read '/dev/null/names' (", "pets", "pets.csv", "--labels", "/dev/null/names")]
    [InlineData("labels: '/dev/null' names no class.", "pets", "pets.csv", "--labels", "/dev/null")]
    [InlineData("missing.csv: cannot be read (no such file or folder).", "pets", "missing.csv")]
    public async Task Add_BadArguments_AreRefusedBeforeStorageIsOpened(string expected, string name, string file, params string[] options)
    {
        await WriteAsync("pets.csv", "label,pixel0\n");

        var result = await FashionProgram.RunAsync(Unreachable, ["data", "add", name, _folder.File(file), .. options]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_folder.File(name), text, TestContext.Current.CancellationToken);
        return _folder.File(name);
    }
}
