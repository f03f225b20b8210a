using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class PlanDeletionTests
{
    private readonly TestApplication _test = TestApplication.Create(MemoryStorage.Connect());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, RunStatus.Failed, "d a")]
    [InlineData(null, 2, null, "c b a")]
    [InlineData(null, 1, RunStatus.Failed, "a")]
    [InlineData(80, null, null, "b a")]
    [InlineData(80, 4, null, "a")]
    [InlineData(24, null, RunStatus.Completed, "c b")]
    [InlineData(1000, null, null, "")]
    public async Task OfRule_FiveRunsADayApart_SelectsThoseThatFitEveryCondition(
        int? hours, int? keep, RunStatus? status, string expected)
    {
        RunStatus[] statuses = [RunStatus.Failed, RunStatus.Completed, RunStatus.Completed, RunStatus.Failed, RunStatus.Running];
        await AddAsync(statuses);

        var rule = new CleanRule(hours is { } age ? TimeSpan.FromHours(age) : null, keep, status);
        var plan = await Plan().OfRuleAsync(rule, Cancellation);

        Assert.Equal(expected, Ids(plan));
        Assert.Empty(plan.Kept);
    }

    [Fact]
    public async Task OfRule_ChampionsThatARollBackCanReach_AreKeptWithTheReason()
    {
        await AddAsync([.. Enumerable.Repeat(RunStatus.Completed, 3)]);
        foreach (var id in new[] { "a", "b" })
        {
            var version = await _test.AddModelAsync(id, "tiny");
            await _test.Registry.PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
        }

        var plan = await Plan().OfRuleAsync(new CleanRule(null, 0, null), Cancellation);

        Assert.Equal("c", Ids(plan));
        Assert.Equal(
            [
                ("b", "run: b holds the champion b/tiny/seed-1, with which predictions are made; roll back first."),
                ("a", "run: a holds the earlier champion a/tiny/seed-1, to which a rollback can return; it cannot be deleted."),
            ],
            plan.Kept.Select(run => (run.RunId, run.Reason)));
    }

    [Fact]
    public async Task OfRule_RunThatAProcessWorksOn_IsKept()
    {
        await AddAsync(RunStatus.Cancelled);
        _test.Host.IsUnderWay = true;

        var plan = await Plan().OfRuleAsync(new CleanRule(null, 0, null), Cancellation);

        Assert.Equal(("", "a"), (Ids(plan), Assert.Single(plan.Kept).RunId));
    }

    [Fact]
    public async Task OfRuns_RunNamedTwice_IsListedOnceWithTheSizeOfItsBlobs()
    {
        await AddAsync(RunStatus.Failed, RunStatus.Cancelled);
        var container = _test.Storage.Container(StorageNames.Runs);
        var definition = (await container.GetBlobClient("b/run.json").DownloadContentAsync(Cancellation)).Value.Content.ToMemory().Length;
        await container.GetBlobClient("b/model1/seed-1/model.onnx").UploadAsync(new BinaryData(new byte[1000]), Cancellation);

        var plan = await Plan().OfRunsAsync(["latest", "a", "b"], Cancellation);

        Assert.Equal("b a", Ids(plan));
        Assert.Equal(definition + 1000, plan.Runs[0].Bytes);
        Assert.Equal(plan.Runs[0].Bytes + plan.Runs[1].Bytes, plan.Bytes);
    }

    [Fact]
    public async Task OfRuns_OneHasNotEnded_IsRefused()
    {
        await AddAsync(RunStatus.Failed, RunStatus.Running);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Plan().OfRunsAsync(["a", "b"], Cancellation));

        Assert.Equal("run: b is running; cancel it, then delete it once it is cancelled.", refused.Message);
    }

    [Fact]
    public async Task OfRuns_HalfDeletedRun_IsSelectedByItsWholeId()
    {
        await AddAsync(RunStatus.Failed);
        await _test.Runs.HideAsync("a", Cancellation);

        Assert.Equal("a", Ids(await Plan().OfRunsAsync(["a"], Cancellation)));
    }

    private static string Ids(DeletionPlan plan) => string.Join(' ', plan.Runs.Select(run => run.Run.Id));

    private PlanDeletion Plan()
    {
        var runs = _test.Runs;
        return new PlanDeletion(runs, new RunReferences(runs), new RunBlobs(_test.Storage), _test.Application.Delete, _test.Time);
    }

    /// <summary>Runs a, b, ... with a day between each and the next, and another day until now.</summary>
    private async Task AddAsync(params RunStatus[] statuses)
    {
        for (var i = 0; i < statuses.Length; i++)
        {
            await _test.AddRunAsync(((char)('a' + i)).ToString(), statuses[i]);
            _test.Time.Advance(TimeSpan.FromDays(1));
        }
    }
}
