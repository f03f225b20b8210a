using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public sealed class RunDefinitionsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_StoredRun_GivesItsSpecsAndNotThoseOfToday()
    {
        var storage = await azurite.NewStorageAsync();
        var definition = Define("model1");
        var changed = definition.Specs[0] with { Layers = [new Flatten(), new Dense(8), new Dropout(.75)], Title = "As it was" };
        await AddAsync(storage, "run", definition with { Specs = [changed] });

        var stored = await new RunDefinitions(storage).GetAsync("run", Cancellation);

        Assert.Equal([new Flatten(), new Dense(8), new Dropout(.75)], stored.SpecOf("model1").Layers);
        Assert.Equal("As it was", stored.TitleOf("model1"));
    }

    /// <summary>A vote, a pruned and a pretrained model, whose specs have every kind of field.</summary>
    [Fact]
    public async Task Get_StoredRun_GivesAllThatWasStored()
    {
        var storage = await azurite.NewStorageAsync();
        var options = new ComparisonOptions
        {
            Preset = "smoke",
            Models = ["strong", "model4-slim", "model4-pruned", "resnet50-finetuned"],
            Seeds = 2,
        };
        var definition = Presets.Configure(options, _ => 3);
        await AddAsync(storage, "run", definition);

        var stored = await new RunDefinitions(storage).GetAsync("run", Cancellation);

        Assert.Equal(Text(definition), Text(stored));
        Assert.Equal(("Ensemble", 3, 1), (stored.TitleOf("ensemble"), stored.Configuration.ThreadsPerTraining, stored.Version));
        Assert.Equal("14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214", stored.DataSha256);
        Assert.Equal(StudyModels.Model4.Layers, stored.SpecOf("model4-slim").WideLayers);
    }

    [Fact]
    public async Task Create_RunThatIsThere_KeepsItsDefinition()
    {
        var storage = await azurite.NewStorageAsync();
        await AddAsync(storage, "run", Define("model1"));

        await AddAsync(storage, "run", Define("model3"));

        Assert.Equal(["model1"], (await new RunDefinitions(storage).GetAsync("run", Cancellation)).Specs.Select(spec => spec.Name));
    }

    /// <summary>A process died between the definition and the row; then another request came with the same key.</summary>
    [Fact]
    public async Task Create_DefinitionWithoutARow_GivesTheRowOfThatDefinition()
    {
        var storage = await azurite.NewStorageAsync();
        await AddAsync(storage, "run", Define("model1"));
        await AddedRun.StoreOn(storage).RemoveAsync(await AddedRun.StoreOn(storage).GetAsync("run", Cancellation), Cancellation);

        var run = await AddAsync(storage, "run", Define("model3"));

        Assert.Equal(["model1"], run.Models);
    }

    [Fact]
    public async Task Fit_Twice_KeepsTheFirstEpochsAndTheRecipes()
    {
        var storage = await azurite.NewStorageAsync();
        var definitions = new RunDefinitions(storage);
        var options = new ComparisonOptions { Preset = "report", Models = ["resnet50"], Budget = "1h" };
        await AddAsync(storage, "run", Presets.Configure(options, _ => 1));

        await definitions.FitAsync("run", Epochs(2, 30), Cancellation);
        var fitted = await definitions.FitAsync("run", Epochs(1, 7), Cancellation);

        Assert.Equal([2, 30], fitted.Configuration.Models.Single().Phases.Select(phase => phase.Epochs));
        Assert.Equal([5, 395], fitted.Configuration.RecipeEpochs!["resnet50"]);

        static FittedEpochs Epochs(params int[] epochs) => new(1, new Dictionary<string, IReadOnlyList<int>> { ["resnet50"] = epochs });
    }

    [Theory]
    [InlineData(
        "run.json", """{"version":2,"what":"is new"}""",
        "run: run was stored in format 2, and this program reads formats up to 1; use a newer version.")]
    [InlineData(
        "epochs.json", """{"version":7}""",
        "run: run was stored in format 7, and this program reads formats up to 1; use a newer version.")]
    public async Task Get_DocumentOfANewerVersion_IsRefusedInOneSentence(string blob, string content, string message)
    {
        var storage = await azurite.NewStorageAsync();
        await AddAsync(storage, "run", Presets.Configure(new ComparisonOptions { Preset = "smoke", Budget = "1h" }, _ => 1));
        await WriteAsync(storage, $"run/{blob}", content);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new RunDefinitions(storage).GetAsync("run", Cancellation));

        Assert.Equal(message, refused.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":"one"}""")]
    public async Task Get_DocumentThatCannotBeRead_IsNamed(string content)
    {
        var storage = await azurite.NewStorageAsync();
        await AddAsync(storage, "run", Define("model1"));
        await WriteAsync(storage, "run/run.json", content);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new RunDefinitions(storage).GetAsync("run", Cancellation));

        Assert.StartsWith("storage: runs/run/run.json cannot be read (", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownRun_IsRefused()
    {
        var storage = await azurite.NewStorageAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new RunDefinitions(storage).GetAsync("none", Cancellation));

        Assert.Equal("run: 'none' does not exist; `fashion runs` lists the runs.", refused.Message);
    }

    private static RunDefinition Define(string model) => Presets.Configure(
        new ComparisonOptions { Preset = "smoke", Models = [model] }, _ => 1);

    private static Task<RunRecord> AddAsync(FashionStorage storage, string id, RunDefinition definition) =>
        AddedRun.StoreOn(storage).AddAsync(id, RunStatus.Pending, definition);

    private static string Text(RunDefinition definition) => System.Text.Json.JsonSerializer.Serialize(definition, Json.Compact);

    private static async Task WriteAsync(FashionStorage storage, string blob, string content) =>
        await storage.Container(StorageNames.Runs).GetBlobClient(blob).UploadAsync(new BinaryData(content), overwrite: true, Cancellation);
}
