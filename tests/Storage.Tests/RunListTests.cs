using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public sealed class RunListTests(AzuriteFixture azurite)
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
        string[] columns = ["Name", "Tags", "Notes", "BestModel", "BestSeed", "BestValidationAccuracy", "BestTestAccuracy"];
        foreach (var column in columns)
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

    [Fact]
    public async Task List_ThousandsOfRuns_TakesFewRequests()
    {
        const int count = 2500;
        var requests = 0;
        var tables = new TableClientOptions();
        tables.AddPolicy(new RequestHook { When = _ => ++requests < 0 }, HttpPipelinePosition.PerCall);
        var account = await azurite.NewAccountAsync();
        var storage = FashionStorage.Connect(account, new BlobClientOptions(), tables: tables);
        await AddRowsAsync(storage, count);
        var runs = AddedRun.StoreOn(storage);

        var before = requests;
        var newest = await runs.ListAsync(100, null, Cancellation);
        var afterNewest = requests;
        var filter = new RunFilter { Tag = "tag-1" };
        var sorted = await runs.ListAsync(filter, RunOrder.Of(RunSort.Validation, null), 100, null, Cancellation);

        Assert.Equal((100, 100), (newest.Items.Count, sorted.Items.Count));
        Assert.Equal((count - 1, 1), (newest.Items[0].Best!.Seed, sorted.Items[0].Best!.Seed));
        // One page of the index and one of rows; 1,000 rows in a request.
        Assert.Equal((2, 3), (afterNewest - before, requests - afterNewest));
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
            var index = batch.Select(number => new TableEntity("newest-first", IndexKeyOf(number)) { ["RunId"] = IdOf(number) });
            foreach (var entities in new[] { rows, index })
            {
                await table.SubmitTransactionAsync(
                    entities.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
            }
        }
    }

    private static string IndexKeyOf(int number) => $"{long.MaxValue - Noon.AddSeconds(number).UtcTicks:D19}-{IdOf(number)}";

    private static string IdOf(int number) => $"{Noon.AddSeconds(number):yyyyMMdd-HHmmss}-00000000";

    private static RunRecord Run(string id, DateTimeOffset createdAt) =>
        RunRecord.Of(id, RunStatus.Pending, createdAt, Definition.Configuration);
}
