using System.Text.Json;

namespace ServerlessFashion.EndToEnd;

/// <summary>The command line program as a client of the server: every verb, over HTTP alone.</summary>
public sealed class ClientTests(ServedSystem system) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-client-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Runs_OfTheServer_AreThoseOfTheApi()
    {
        var run = await system.FinishedRunAsync();

        var found = (await JsonAsync("runs", "--json")).EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == run.Id);

        Assert.Equal("completed", found.GetProperty("status").GetString());
        Assert.Equal(
            ["model1", "model3"],
            found.GetProperty("configuration").GetProperty("models").EnumerateArray()
                .Select(model => model.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Show_RunOfTheServer_HasTheDocumentOfALocalShow()
    {
        var run = await system.FinishedRunAsync();

        var remote = await SucceedAsync("show", run.Id, "--json");
        var local = await FashionClient.RunOnAsync(system.Storage, "show", run.Id, "--json");

        Assert.Equal((0, local.Output), (local.ExitCode, remote.Output));
    }

    [Fact]
    public async Task Show_RunThatDoesNotExist_IsBadInput()
    {
        system.Require();

        var result = await RunAsync("show", "nope");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("fashion: run: 'nope' does not exist", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_FinishedRun_WritesTheFilesOfALocalReport()
    {
        var run = await system.FinishedRunAsync();

        await SucceedAsync("report", run.Id, "--output", Folder("remote"));
        await FashionClient.RunOnAsync(system.Storage, "report", run.Id, "--output", Folder("local"));

        ReportFolders.AssertEqual(Folder("local"), Folder("remote"));
    }

    [Fact]
    public async Task Models_OfTheServer_AreThoseOfALocalList()
    {
        await system.FinishedRunAsync();

        var remote = await SucceedAsync("models", "--json");
        var local = await FashionClient.RunOnAsync(system.Storage, "models", "--json");

        Assert.Equal((0, local.Output), (local.ExitCode, remote.Output));
    }

    [Fact]
    public async Task Promote_OtherModelAndBack_ChangesTheChampionOfTheServer()
    {
        var run = await system.FinishedRunAsync();
        var before = await ChampionAsync();
        var other = before == $"{run.Id}/model1/seed-1" ? "model3" : "model1";

        var promoted = await SucceedAsync("promote", run.Id, other);
        var between = await ChampionAsync();
        await SucceedAsync("promote", "--roll-back");

        Assert.Equal($"champion: {run.Id}/{other}/seed-1\n", promoted.Output);
        Assert.Equal($"{run.Id}/{other}/seed-1", between);
        Assert.Equal(before, await ChampionAsync());
    }

    /// <summary>More images than one request may hold.</summary>
    [Theory]
    [InlineData("champion")]
    [InlineData("model3")]
    public async Task Predict_FileOfManyImages_GivesTheRowsOfALocalPrediction(string model)
    {
        var run = await system.FinishedRunAsync();
        var name = model == "champion" ? model : $"{run.Id}/{model}";
        var file = await FileAsync("images.csv", Images.Csv(1300));

        await SucceedAsync("predict", file, "--model", name, "--output", Folder("remote.csv"));
        await FashionClient.RunOnAsync(system.Storage, "predict", file, "--model", name, "--output", Folder("local.csv"));

        Assert.Equal(await ReadAsync("local.csv"), await ReadAsync("remote.csv"));
    }

    [Fact]
    public async Task Predict_PictureWithJson_HasItsPrediction()
    {
        await system.FinishedRunAsync();
        var picture = Folder("square.png");
        await File.WriteAllBytesAsync(picture, Images.Png, Cancellation);

        var result = await JsonAsync("predict", picture, "--json");

        var prediction = result.GetProperty("files")[0].GetProperty("predictions")[0];
        Assert.Equal("square.png", Path.GetFileName(prediction.GetProperty("id").GetString()));
        Assert.Equal(5, prediction.GetProperty("probabilities").GetArrayLength());
    }

    [Fact]
    public async Task Upload_File_GivesTheRowsOfItsPrediction()
    {
        await system.FinishedRunAsync();
        var file = await FileAsync("client upload.csv", Images.Csv(7));

        var result = await JsonAsync("upload", file, "--output", Folder("rows.csv"), "--json");
        await SucceedAsync("predict", file, "--output", Folder("predicted.csv"));

        Assert.Equal("predicted", result.GetProperty("status").GetString());
        Assert.Equal(7, result.GetProperty("summary").GetProperty("count").GetInt32());
        Assert.Equal(await ReadAsync("predicted.csv"), await ReadAsync("rows.csv"));
    }

    [Fact]
    public async Task Upload_FileThatCannotBePredicted_EndsWithItsError()
    {
        await system.FinishedRunAsync();

        var result = await RunAsync("upload", await FileAsync("words.csv", "no,images,here\n"), "--output", Folder("rows.csv"));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("fashion: words.csv: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder("rows.csv")));
    }

    [Fact]
    public async Task Clean_DryRunAtTheServer_KeepsWhatALocalOneKeeps()
    {
        await system.FinishedRunAsync();

        var remote = await JsonAsync("clean", "--keep", "0", "--dry-run", "--json");
        var local = await FashionClient.RunOnAsync(system.Storage, "clean", "--keep", "0", "--dry-run", "--json");

        var kept = remote.GetProperty("kept").EnumerateArray().Select(run => run.GetProperty("reason").GetString()).ToList();
        Assert.Contains(kept, reason => reason!.Contains("holds the", StringComparison.Ordinal));
        Assert.Equal(
            JsonDocument.Parse(local.Output).RootElement.GetProperty("kept").EnumerateArray()
                .Select(run => run.GetProperty("reason").GetString()),
            kept);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => FashionClient.RunAtAsync(system.Http.BaseAddress!, arguments);

    private async Task<CommandResult> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result}");
        return result;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        JsonDocument.Parse((await SucceedAsync(arguments)).Output).RootElement;

    private async Task<string?> ChampionAsync() => (await system.GetAsync("models/champion")).GetProperty("id").GetString();

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Folder(name), Cancellation);

    private string Folder(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> FileAsync(string name, string text)
    {
        await File.WriteAllTextAsync(Folder(name), text, Cancellation);
        return Folder(name);
    }
}
