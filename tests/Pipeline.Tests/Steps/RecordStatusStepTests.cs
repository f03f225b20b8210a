using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

public sealed class RecordStatusStepTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(RunStatus.Pending, RunStatus.Running, RunStatus.Running)]
    [InlineData(RunStatus.Running, RunStatus.Completed, RunStatus.Completed)]
    [InlineData(RunStatus.Running, RunStatus.Failed, RunStatus.Failed)]
    [InlineData(RunStatus.Running, RunStatus.Cancelled, RunStatus.Cancelled)]
    // A pending run was cancelled; then its orchestration began.
    [InlineData(RunStatus.Cancelled, RunStatus.Running, RunStatus.Cancelled)]
    // The same step delivered once more, after the end.
    [InlineData(RunStatus.Failed, RunStatus.Running, RunStatus.Failed)]
    [InlineData(RunStatus.Completed, RunStatus.Failed, RunStatus.Completed)]
    public async Task Run_EveryReport_IsRecordedWhileTheRunHasNotEnded(RunStatus before, RunStatus reported, RunStatus expected)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", before);

        var run = await new RecordStatusStep(test.Runs, test.Time).RunAsync(
            new StatusChange("run", reported, null, null), TestContext.Current.CancellationToken);

        Assert.Equal(expected, run.Status);
        Assert.Equal(expected, (await test.Runs.GetAsync("run", TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Run_Completed_RecordsTheBestModel()
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", RunStatus.Running);
        var best = new EvaluatedModel("model1", 2, .8, .7);

        await new RecordStatusStep(test.Runs, test.Time).RunAsync(
            new StatusChange("run", RunStatus.Completed, "model1", null) { Best = best }, TestContext.Current.CancellationToken);

        Assert.Equal(best, (await test.Runs.GetAsync("run", TestContext.Current.CancellationToken)).Best);
    }
}
