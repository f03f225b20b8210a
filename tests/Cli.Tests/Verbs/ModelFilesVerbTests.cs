using System.Text.Json;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>Models from files, trained by the built program.</summary>
public sealed class ModelFilesVerbTests(StorageFixture storage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fashion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Page_LinesAsTheyStand_TrainAndPredictWithTheExample()
    {
        Assert.SkipUnless(
            FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");
        var page = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "models.md"), TestContext.Current.CancellationToken);
        var section = page[page.IndexOf("## A model of your own", StringComparison.Ordinal)..];
        var lines = section.Split("```bash\n")[1].Split("```")[0].Replace("./fashion", "\"$FASHION\"", StringComparison.Ordinal);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "docs"), Path.Combine(AppContext.BaseDirectory, "docs"));

        var result = await FashionProgram.RunScriptAsync(await storage.NewAccountAsync(), $"set -e; cd '{_folder}'\n{lines}");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        // 2,197 parameters by hand: 16 * 10, 160 + 272 + 64, 160 + 544 + 128 + 544 and 32 * 5 + 5.
        var report = Read("out/report.json");
        var trained = report.GetProperty("models").EnumerateArray().Single(model => Name(model) == "small-residual");
        Assert.Equal(2197, trained.GetProperty("parameters").GetInt64());
        Assert.Equal("0.1", Read("out-2/report.json").GetProperty("configuration").GetProperty("set")
            .GetProperty("small-residual.dropout").GetRawText());
        Assert.Contains("docs/examples/ankle-boot.png,", result.Output, StringComparison.Ordinal);
        Assert.Equal("./model.schema.json", Read("mine.json").GetProperty("$schema").GetString());
        Assert.Equal("urn:serverless-fashion:model", Read("model.schema.json").GetProperty("$id").GetString());
    }

    /// <summary>What is not taken out of a file is not half-registered.</summary>
    [Fact]
    public async Task Add_NameTwiceAndRemove_LeavesTheAccountAsItWas()
    {
        var account = await storage.NewAccountAsync();
        var file = Path.Combine(_folder, "mine.json");
        await WriteAsync(file, "16");
        await FashionProgram.RunAsync(account, "models", "add", file);
        await WriteAsync(file, "32");

        var other = await FashionProgram.RunAsync(account, "models", "add", file);
        var shown = await FashionProgram.RunAsync(account, "models", "show", "mine", "--json");
        var listed = await FashionProgram.RunAsync(account, "models", "catalogue", "--json");
        var removed = await FashionProgram.RunAsync(account, "models", "remove", "mine");
        var gone = await FashionProgram.RunAsync(account, "models", "show", "mine");

        Assert.Equal(2, other.ExitCode);
        Assert.Contains("another model is called 'mine'", other.Error, StringComparison.Ordinal);
        Assert.Equal(16, JsonDocument.Parse(shown.Output).RootElement.GetProperty("layers")[1].GetProperty("units").GetInt32());
        Assert.Contains("mine", JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().Select(Name));
        Assert.Equal((0, 2), (removed.ExitCode, gone.ExitCode));
    }

    private static Task WriteAsync(string file, string units) => File.WriteAllTextAsync(
        file, $$"""{"name": "mine", "layers": [{"kind": "flatten"}, {"kind": "dense", "units": {{units}}}]}""",
        TestContext.Current.CancellationToken);

    private static string Name(JsonElement model) => model.GetProperty("name").GetString()!;

    private JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, file))).RootElement;
}
