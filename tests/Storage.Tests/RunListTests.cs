using System.Diagnostics;
using Azure.Data.Tables;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public sealed class RunListTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RunDefinition Definition = Presets.Configure(new ComparisonOptions { Preset = "smoke" }, _ => 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_RunWithResultAndDescription_GivesThemBack()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        var run = Run("one", Noon) with
        {
            Description = RunDescription.Of("name", ["b", "a"], "two\nlines"),
            Best = new EvaluatedModel("model1", 3, .75, .5),
        };
        await runs.CreateAsync(run, Definition, Cancellation);

        var listed = Assert.Single((await runs.ListAsync(10, null, Cancellation)).Items);

        Assert.Equal(run.Best, listed.Best);
        Assert.Equal(("name", "b a", "two\nlines"), (
            listed.Description.Name, string.Join(' ', listed.Description.Tags), listed.Description.Notes));
    }

    /// <summary>A row of the last version that knew neither.</summary>
    [Fact]
    public async Task List_RowWithoutResultAndDescription_IsRead()
    {
        var storage = await azurite.NewStorageAsync();
        var runs = AddedRun.StoreOn(storage);
        await runs.CreateAsync(Run("one", Noon), Definition, Cancellation);
        var table = storage.Table(StorageNames.RunsTable);
        var row = (await table.GetEntityAsync<TableEntity>("run", "one", cancellationToken: Cancellation)).Value;
        foreach (var column in row.Keys.Where(key => key is "Name" or "Tags" or "Notes" || key.StartsWith("Best", StringComparison.Ordinal)).ToList())
        {
            row.Remove(column);
        }

        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);

        var listed = Assert.Single((await runs.ListAsync(10, null, Cancellation)).Items);

        Assert.Equal((null, null, 0), (listed.Best, listed.Description.Name, listed.Description.Tags.Count));
    }

    /// <summary>Ids of keys do not sort as their runs were created.</summary>
    [Fact]
    public async Task List_IdsOfTimesAndOfKeys_GivesTheNewestFirst()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        string[] ids =
            ["20260301-120000-a", "key-9", "20260301-120002-a", "20260301-120003-a", "key-1", "20260301-120005-a", "20260301-120006-a"];
        for (var i = 0; i < ids.Length; i++)
        {
            await runs.CreateAsync(Run(ids[i], Noon.AddSeconds(i)), Definition, Cancellation);
        }

        var listed = new List<string>();
        string? continuation = null;
        do
        {
            var page = await runs.ListAsync(3, continuation, Cancellation);
            listed.AddRange(page.Items.Select(run => run.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(ids.Reverse(), listed);
    }

    [Fact]
    public async Task List_RunOfTheLastPlaceIsDeleted_ContinuesAfterIt()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        foreach (var (id, name) in new[] { ("a", "one"), ("b", "two"), ("c", "three") })
        {
            var run = Run(id, Noon) with { Status = RunStatus.Completed, Description = RunDescription.Of(name, [], null) };
            await runs.CreateAsync(run, Definition, Cancellation);
        }

        var order = RunOrder.Of(RunSort.Name, null);
        var first = await runs.ListAsync(RunFilter.All, order, 1, null, Cancellation);
        await runs.HideAsync("a", Cancellation);
        var rest = await runs.ListAsync(RunFilter.All, order, 10, first.Continuation, Cancellation);

        Assert.Equal(["a"], first.Items.Select(run => run.Id));
        Assert.Equal(["c", "b"], rest.Items.Select(run => run.Id));
    }

    [Fact]
    public async Task Find_ByPrefixAndName_LeavesOutDeletedRuns()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        foreach (var id in new[] { "a1", "a2", "b1" })
        {
            var run = Run(id, Noon) with { Status = RunStatus.Completed, Description = RunDescription.Of("it's", [], null) };
            await runs.CreateAsync(run, Definition, Cancellation);
        }

        await runs.HideAsync("a2", Cancellation);

        Assert.Equal(["a1"], (await runs.FindByPrefixAsync("a", 10, Cancellation)).Select(run => run.Id));
        Assert.Equal(["a1", "b1"], (await runs.FindByNameAsync("it's", 10, Cancellation)).Select(run => run.Id));
        Assert.Empty(await runs.FindByPrefixAsync("A", 10, Cancellation));
        Assert.Empty(await runs.FindByPrefixAsync("", 10, Cancellation));
    }

    [Fact]
    public async Task FindNewest_NewestIsDeleted_GivesTheOneBefore()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        Assert.Null(await runs.FindNewestAsync(Cancellation));
        await runs.CreateAsync(Run("b", Noon), Definition, Cancellation);
        await runs.CreateAsync(Run("a", Noon.AddHours(1)) with { Status = RunStatus.Completed }, Definition, Cancellation);
        Assert.Equal("a", (await runs.FindNewestAsync(Cancellation))!.Id);

        await runs.HideAsync("a", Cancellation);

        Assert.Equal("b", (await runs.FindNewestAsync(Cancellation))!.Id);
    }

    /// <summary>The bound is generous: one request for each run would take many times as long.</summary>
    [Fact]
    public async Task List_ThousandsOfRuns_IsFast()
    {
        const int count = 3000;
        var storage = await azurite.NewStorageAsync();
        await AddRowsAsync(storage, count);
        var runs = AddedRun.StoreOn(storage);

        var newest = await MeasureAsync("newest", () => runs.ListAsync(100, null, Cancellation));
        var filter = new RunFilter { Tag = "tag-1" };
        var sorted = await MeasureAsync(
            "by validation", () => runs.ListAsync(filter, RunOrder.Of(RunSort.Validation, null), 100, null, Cancellation));

        Assert.Equal((100, 100), (newest.Items.Count, sorted.Items.Count));
        Assert.Equal(count - 1, newest.Items[0].Best!.Seed);
        Assert.Equal(0.001, sorted.Items[0].Best!.ValidationAccuracy, 1e-9);
    }

    private async Task<Page<RunRecord>> MeasureAsync(string what, Func<Task<Page<RunRecord>>> list)
    {
        var began = Stopwatch.GetTimestamp();
        var page = await list();
        var taken = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"{what}: {taken.TotalMilliseconds:0} ms");
        Assert.True(taken < TimeSpan.FromSeconds(10), $"{what}: {taken}");
        return page;
    }

    /// <summary>Writes the rows of runs in batches; the accuracy falls with the number of the run.</summary>
    private static async Task AddRowsAsync(FashionStorage storage, int count)
    {
        var table = storage.Table(StorageNames.RunsTable);
        foreach (var batch in Enumerable.Range(0, count).Chunk(100))
        {
            var rows = batch.Select(number => new TableEntity("run", IdOf(number))
            {
                ["Status"] = "Completed",
                ["CreatedAt"] = Noon.AddSeconds(number),
                ["Preset"] = "smoke",
                ["Models"] = "model1 model3",
                ["Tags"] = $"tag-{number % 3}",
                ["BestModel"] = "model1",
                ["BestSeed"] = number,
                ["BestValidationAccuracy"] = 1d / (number + 999),
                ["BestTestAccuracy"] = .5,
            });
            var index = batch.Select(number => new TableEntity(
                "newest-first", $"{long.MaxValue - Noon.AddSeconds(number).UtcTicks:D19}-{IdOf(number)}") { ["RunId"] = IdOf(number) });
            foreach (var entities in new[] { rows, index })
            {
                await table.SubmitTransactionAsync(
                    entities.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
            }
        }
    }

    private static string IdOf(int number) => $"{Noon.AddSeconds(number):yyyyMMdd-HHmmss}-00000000";

    private static RunRecord Run(string id, DateTimeOffset createdAt) =>
        RunRecord.Of(id, RunStatus.Pending, createdAt, Definition.Configuration);
}
