using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Local;

public sealed class LocalRunnerTests : IDisposable
{
    private readonly FakeSteps _steps = new();
    private readonly SemaphoreSlim _slots = new(1);
    private readonly CancellationTokenSource _interrupt = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _slots.Dispose();
        _interrupt.Dispose();
    }

    [Fact]
    public async Task Run_RunThatHasEnded_GivesItsOutcomeAndRepeatsNothing()
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model3");
        await test.AddComparisonAsync("run", winner: "model3");

        var outcome = await Runner(test).RunAsync("run", new Progress<WorkflowProgress>(), Cancellation);

        Assert.Equal((RunStatus.Completed, "model3"), (outcome.Status, outcome.Winner));
        Assert.Equal(["model1", "model3"], outcome.Trainings.Select(training => training.Model));
        Assert.Empty(_steps.Calls);
    }

    /// <summary>A completed run of which one model had failed was resumed: its end must not be in the way.</summary>
    [Fact]
    public async Task Run_CtrlCInAResumedCompletedRun_IsRecordedAsCancelled()
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", RunStatus.Completed, winner: "model1");
        await test.AddComparisonAsync("run", winner: "model1", model3Error: "out of memory");
        await test.Application.Resume.ResumeAsync("run", Cancellation);
        InterruptInATraining();

        var outcome = await Runner(test).RunAsync("run", new Progress<WorkflowProgress>(), _interrupt.Token);

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Equal(RunStatus.Cancelled, (await test.Runs.GetAsync("run", Cancellation)).Status);
    }

    [Fact]
    public async Task RunUntilStopped_StopOfTheServer_LeavesTheRunRunning()
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", RunStatus.Pending);
        InterruptInATraining();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Runner(test).RunUntilStoppedAsync("run", new Progress<WorkflowProgress>(), _interrupt.Token));

        Assert.Equal(RunStatus.Running, (await test.Runs.GetAsync("run", Cancellation)).Status);
    }

    [Theory]
    [InlineData(RunStatus.Pending, RunStatus.Cancelled)]
    [InlineData(RunStatus.Running, RunStatus.Running)]
    public async Task Run_CtrlCWhileAnotherProcessHoldsTheRun_WithdrawsOnlyARunThatWaits(RunStatus before, RunStatus after)
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", before);
        await using var other = await BlobLock.AcquireAsync(
            test.Storage.Container(StorageNames.Runs), "run/lock", TimeProvider.System, Cancellation);

        var waiting = Runner(test).RunAsync("run", new Progress<WorkflowProgress>(), _interrupt.Token);
        await _interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(after, (await test.Runs.GetAsync("run", Cancellation)).Status);
    }

    [Fact]
    public async Task Run_StorageCannotBeUsedInATraining_LeavesTheRunUnfinished()
    {
        var test = TestApplication.Create(MemoryStorage.Connect());
        await test.AddRunAsync("run", RunStatus.Running);
        _steps.TrainSlice = (_, _, _) => throw new StorageOutageException(StorageFailureKind.Broken, "storage: the account failed.");

        await Assert.ThrowsAsync<StorageOutageException>(
            () => Runner(test).RunAsync("run", new Progress<WorkflowProgress>(), Cancellation));

        Assert.Equal(RunStatus.Running, (await test.Runs.GetAsync("run", Cancellation)).Status);
    }

    private LocalRunner Runner(TestApplication test)
    {
        var recordStatus = new RecordStatusStep(test.Runs, TimeProvider.System);
        return TestServices.On(test.Storage).Create<LocalRunner>(_steps.LightWith(recordStatus), _steps, _slots);
    }

    private void InterruptInATraining() => _steps.TrainSlice = async (_, _, _) =>
    {
        await _interrupt.CancelAsync();
        throw new OperationCanceledException(_interrupt.Token);
    };
}
