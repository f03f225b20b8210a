using ServerlessFashion.Data;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class DatasetServiceTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remove_SetOfARunThatHasNotEnded_IsRefusedUntilItsEnd()
    {
        var test = await TestApplication.CreateAsync(azurite);
        var datasets = test.Application.Datasets;
        var path = await AddSetWithRunAsync(test, RunStatus.Pending);

        var removed = await Assert.ThrowsAsync<RefusedException>(() => datasets.RemoveAsync("pets", force: false, Cancellation));
        var replaced = await Assert.ThrowsAsync<RefusedException>(
            () => datasets.AddAsync(new ImportRequest("pets") { Replaces = true }, path, progress: null, Cancellation));
        await test.Runs.UpdateAsync("run", before => before with { Status = RunStatus.Cancelled }, Cancellation);
        await datasets.RemoveAsync("pets", force: false, Cancellation);

        const string Used = "name: run run uses the data set 'pets' and is pending; wait for its end";
        Assert.Equal(
            (Refusal.Conflict, $"{Used}, cancel it, or remove the set with --force (over HTTP: force=true)."),
            (removed.Reason, removed.Message));
        Assert.Equal((Refusal.Conflict, $"{Used}, or cancel it."), (replaced.Reason, replaced.Message));
        Assert.Equal(["fashion-mnist"], (await datasets.ListAsync(Cancellation)).Select(set => set.Name));
    }

    [Fact]
    public async Task Remove_ForcedSetOfARunThatHasNotEnded_IsGone()
    {
        var test = await TestApplication.CreateAsync(azurite);
        var datasets = test.Application.Datasets;
        await AddSetWithRunAsync(test, RunStatus.Running);

        await datasets.RemoveAsync("pets", force: true, Cancellation);

        Assert.Equal(["fashion-mnist"], (await datasets.ListAsync(Cancellation)).Select(set => set.Name));
        var page = await test.Application.Comparisons.ListAsync(
            new RunFilter { Dataset = "pets" }, RunOrder.NewestFirst, top: 5, continuation: null, Cancellation);
        Assert.Equal("run", Assert.Single(page.Items).Id);
    }

    [Fact]
    public async Task Remove_BuiltInSet_SaysThatItCannotBeRemoved()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => test.Application.Datasets.RemoveAsync("fashion-mnist", force: true, Cancellation));

        Assert.Equal(
            "name: 'fashion-mnist' is built in and cannot be removed; `fashion data list` shows the sets that were registered.",
            refused.Message);
    }

    /// <summary>The figures of arXiv 1708.07747: 7,000 images of each class, 6,000 of them for training.</summary>
    [Fact]
    public async Task Get_BuiltInSet_HasThePublishedFigures()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var set = await test.Application.Datasets.GetAsync("fashion-mnist", Cancellation);

        Assert.Equal((28, 1, 60_000, 10_000), (set.Side, set.Channels, set.TrainCount, set.TestCount));
        Assert.Equal(Enumerable.Repeat((6000, 1000), 10), set.TrainPerClass.Zip(set.TestPerClass));
        Assert.Equal((10, "T-shirt/top", "Ankle boot"), (set.Classes.Count, set.Classes[0], set.Classes[9]));
    }

    /// <summary>Registers the set <c>pets</c>, and stores a run on it.</summary>
    /// <returns>The file of the set.</returns>
    private async Task<string> AddSetWithRunAsync(TestApplication test, RunStatus status)
    {
        var path = _folder.File("pets.csv");
        await File.WriteAllTextAsync(path, "label,pixel0,pixel1,pixel2,pixel3\ncat,1,2,3,4\ndog,5,6,7,8\n", Cancellation);
        await test.Application.Datasets.AddAsync(new ImportRequest("pets"), path, progress: null, Cancellation);
        var definition = TestApplication.Define("model1");
        definition = definition with { Configuration = definition.Configuration with { Dataset = "pets" } };
        var run = RunRecord.Of("run", status, test.Time.GetUtcNow(), definition.Configuration);
        await test.Runs.CreateAsync(run, definition, Cancellation);
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
