using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

/// <summary>Runs of the format before runs had definitions, as they lie in storage.</summary>
public sealed class UnversionedRunsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_UnversionedRuns_GivesTheirRows()
    {
        var storage = await LoadAsync();

        var page = await AddedRun.StoreOn(storage).ListAsync(10, null, Cancellation);

        Assert.Equal(
            [
                (UnversionedRuns.Completed, RunStatus.Completed, "smoke", "model1 model4-slim strong", "model1"),
                (UnversionedRuns.Interrupted, RunStatus.Running, "smoke", "model1", null),
            ],
            page.Items.Select(run => (run.Id, run.Status, run.Preset, string.Join(' ', run.Models), run.Winner)));
    }

    /// <summary>The specs of that time, by figures from that run's report.</summary>
    [Fact]
    public async Task Get_UnversionedRun_HasTheSpecsOfItsTime()
    {
        var storage = await LoadAsync();

        var run = await new RunDefinitions(storage).GetAsync(UnversionedRuns.Completed, Cancellation);

        var reported = UnversionedRuns.ReadJson($"{UnversionedRuns.Completed}/report/report.json").GetProperty("models").EnumerateArray()
            .Where(model => model.GetProperty("name").GetString() != "ensemble")
            .Select(model => (
                model.GetProperty("name").GetString()!, model.GetProperty("title").GetString()!,
                model.GetProperty("parameters").GetInt64()))
            .Distinct().ToList();
        var labels = Data.ClassLabels.Of(run.Configuration.Labels);
        Assert.Equal(reported, run.Specs.Select(spec => (spec.Name, spec.Title, ModelPlan.Of(spec, labels).Parameters)));
        Assert.Equal(("Ensemble", 2, 1), (run.TitleOf("ensemble"), run.Configuration.Seeds.Count, run.Configuration.ThreadsPerTraining));
    }

    /// <summary>The budget had been fitted, and the row rewritten with the result.</summary>
    [Fact]
    public async Task Get_UnversionedRunWithABudget_KeepsItsFittedEpochs()
    {
        var storage = await LoadAsync();

        var run = await new RunDefinitions(storage).GetAsync(UnversionedRuns.Interrupted, Cancellation);

        Assert.Equal(TimeSpan.FromMinutes(15), run.Configuration.Budget);
        Assert.Equal([3], run.Configuration.RecipeEpochs!["model1"]);
        Assert.Equal(3, run.Configuration.Models.Single().TotalEpochs);
    }

    [Fact]
    public async Task Update_UnversionedRun_KeepsItsConfiguration()
    {
        var storage = await LoadAsync();
        var runs = AddedRun.StoreOn(storage);

        await runs.UpdateAsync(UnversionedRuns.Interrupted, run => run with { Status = RunStatus.Cancelled }, Cancellation);
        await runs.HideAsync(UnversionedRuns.Interrupted, Cancellation);
        await runs.RestoreAsync(UnversionedRuns.Interrupted, Cancellation);

        Assert.Equal(RunStatus.Cancelled, (await runs.GetAsync(UnversionedRuns.Interrupted, Cancellation)).Status);
        var definition = await new RunDefinitions(storage).GetAsync(UnversionedRuns.Interrupted, Cancellation);
        Assert.Equal(["model1"], definition.Specs.Select(spec => spec.Name));
    }

    /// <summary>An old run is not given a definition of today's by a request that repeats its key.</summary>
    [Fact]
    public async Task Create_UnversionedRunThatIsThere_StoresNoDefinition()
    {
        var storage = await LoadAsync();
        var today = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model3"] }, _ => 1);

        var run = await AddedRun.StoreOn(storage).AddAsync(UnversionedRuns.Interrupted, RunStatus.Pending, today);

        Assert.Equal((RunStatus.Running, "model1"), (run.Status, run.Models.Single()));
        Assert.False(await storage.Container(StorageNames.Runs).GetBlobClient($"{run.Id}/run.json").ExistsAsync(Cancellation));
    }

    private async Task<FashionStorage> LoadAsync()
    {
        var storage = await azurite.NewStorageAsync();
        await UnversionedRuns.LoadAsync(storage);
        return storage;
    }
}
