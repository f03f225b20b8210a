using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class RunReferencesTests
{
    private readonly TestApplication _test = TestApplication.Create(MemoryStorage.Connect());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("latest", "20260302-1")]
    [InlineData("20260301-1", "20260301-1")]
    [InlineData("20260301-2", "20260301-2")]
    [InlineData("20260302", "20260302-1")]
    [InlineData("key", "key-1")]
    [InlineData("My run", "key-1")]
    public async Task Get_TextThatNamesOneRun_GivesIt(string text, string id)
    {
        await AddAsync("20260301-1", "20260301-2", "key-1", "20260302-1");
        await NameAsync("key-1", "My run");

        Assert.Equal(id, (await GetAsync(text)).Id);
    }

    /// <summary>A whole id and a beginning of an id go before a name.</summary>
    [Fact]
    public async Task Get_NameThatIsAlsoAnIdOrABeginning_GivesTheOther()
    {
        await AddAsync("abc", "ab", "other");
        foreach (var (name, id) in new[] { ("ab", "ab"), ("oth", "other") })
        {
            await NameAsync("ab", name);
            Assert.Equal(id, (await GetAsync(name)).Id);
        }
    }

    [Fact]
    public async Task Get_BeginningOfSeveralIds_NamesFiveOfThem()
    {
        await AddAsync("a1", "a2", "a3", "a4", "a5", "a6");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => GetAsync("a"));

        Assert.Equal(
            (Refusal.Ambiguous, "run: 'a' fits several runs: a1, a2, a3, a4, a5 and others; give the whole id of one."),
            (refused.Reason, refused.Message));
    }

    [Fact]
    public async Task Get_NameOfTwoRuns_NamesBoth()
    {
        await AddAsync("a1", "b1");
        await NameAsync("a1", "same");
        await NameAsync("b1", "same");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => GetAsync("same"));

        Assert.Equal("run: 'same' fits several runs: a1, b1; give the whole id of one.", refused.Message);
    }

    [Fact]
    public async Task Get_LatestWithoutARun_SaysHowToStartOne()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => GetAsync("latest"));

        Assert.Equal(
            (Refusal.NotFound, "run: there is no run yet; start one with `fashion compare`."), (refused.Reason, refused.Message));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../none")]
    [InlineData("")]
    public async Task Get_TextThatNamesNoRun_IsRefused(string text)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => GetAsync(text));

        Assert.Equal(
            (Refusal.NotFound, $"run: '{text}' does not exist; `fashion runs` lists the runs."), (refused.Reason, refused.Message));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("resume")]
    [InlineData("delete")]
    [InlineData("edit")]
    public async Task Every_Action_TakesABeginningOfAnId(string action)
    {
        await _test.AddRunAsync("first-run", action == "cancel" ? RunStatus.Running : RunStatus.Cancelled);

        var id = action switch
        {
            "cancel" => (await _test.Application.Cancel.CancelAsync("first", Cancellation)).Run.Id,
            "resume" => (await _test.Application.Resume.ResumeAsync("first", Cancellation)).Run.Id,
            "delete" => (await _test.Application.Delete.DeleteAsync("first", Cancellation)),
            _ => (await _test.Application.Edit.EditAsync("first", run => run, Cancellation)).Id,
        };

        Assert.Equal("first-run", id);
    }

    [Fact]
    public async Task Predict_ModelOfTheLatestRun_IsOpened()
    {
        await _test.AddRunAsync("first-run", RunStatus.Completed);
        await _test.AddModelAsync("first-run", "tiny");

        using var model = await _test.Application.Predict.OpenAsync("latest/tiny", Cancellation);

        Assert.Equal("first-run/tiny/seed-1", model.Id);
    }

    [Fact]
    public async Task Promote_ModelOfTheLatestRun_IsPromoted()
    {
        await _test.AddRunAsync("first-run", RunStatus.Completed);
        await _test.AddModelAsync("first-run", "tiny");

        var champion = await _test.Application.Promote.PromoteAsync("latest", "tiny", "for the test", Cancellation);

        Assert.Equal("first-run/tiny/seed-1", champion.Id);
    }

    private Task<RunRecord> GetAsync(string text) => _test.Application.Comparisons.GetAsync(text, Cancellation);

    private Task<RunRecord> NameAsync(string id, string name) =>
        _test.Application.Edit.EditAsync(id, run => run.WithName(name), Cancellation);

    private async Task AddAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            _test.Time.Advance(TimeSpan.FromMinutes(1));
            await _test.AddRunAsync(id, RunStatus.Completed);
        }
    }
}
