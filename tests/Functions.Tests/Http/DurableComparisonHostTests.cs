using System.Security.Cryptography;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Functions.Http;
using ServerlessFashion.Functions.Tests.Durable;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Functions.Tests.Http;

/// <summary>Start, cancel and resume on an orchestration engine in memory, with runs in a real table.</summary>
public sealed class DurableComparisonHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Id = "run";

    private static readonly TrainSliceResult Trained = new(10, 10, Cancelled: false);

    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    /// <summary>What a training of model3 does; the default fails for good.</summary>
    private Func<TrainSliceResult> _model3 = () => throw new InvalidInputException("model3: out of memory.");

    /// <summary>What the orchestration waits for after it has recorded an end.</summary>
    private Task _afterTheEnd = Task.CompletedTask;

    private readonly TaskCompletionSource _recordedEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WatchedClock _clock = new();

    private FakePipeline _pipeline = null!;
    private FashionStorage _storage = null!;
    private DurableHost _host = null!;
    private DurableComparisonHost _comparisons = null!;
    private FashionApplication _application = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await azurite.NewStorageAsync();
        _pipeline = new FakePipeline
        {
            TrainSlice = (request, _) => Task.FromResult(request.Model == "model3" ? _model3() : Trained),
            RecordStatus = (change, _) => RecordAsync(change),
        };
        _host = await DurableHost.StartAsync(_pipeline);
        _comparisons = TestServices.On(_storage, _clock).Create<DurableComparisonHost>();
        _comparisons.Client = _host.Client;
        _application = ApplicationFactory.Create(
            _storage, _comparisons, new TrainingMachine(_ => 1, asked => asked ?? DeviceChoice.Auto), TimeProvider.System, _random);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _random.Dispose();
    }

    [Fact]
    public async Task Resume_CompletedRunWithAFailedModel_TrainsItAndRecordsTheNewWinner()
    {
        await CompleteWithoutModel3Async();

        await RepairAndResumeAsync();
        await WaitForEndAsync();

        var run = await AddedRun.StoreOn(_storage).GetAsync(Id, Cancellation);
        Assert.Equal((RunStatus.Completed, "model3"), (run.Status, run.Winner));
        Assert.Equal(2, Calls("TrainSlice model3"));
    }

    [Fact]
    public async Task Start_RunThatHasBegunAndCompletedMeanwhile_IsNotStartedAgain()
    {
        await CompleteWithoutModel3Async();
        var calls = _pipeline.Calls.Count;

        // As a repeated request sees it that read the run before its end.
        await _comparisons.StartAsync(Run(RunStatus.Running), Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.Client.GetInstanceAsync(Id, Cancellation))!.RuntimeStatus);
        Assert.Equal(calls, _pipeline.Calls.Count);
    }

    [Fact]
    public async Task Start_PendingRunThatHasCompletedMeanwhile_RepeatsNothing()
    {
        await CompleteWithoutModel3Async();

        await _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation);
        await WaitForEndAsync();

        var run = await AddedRun.StoreOn(_storage).GetAsync(Id, Cancellation);
        Assert.Equal((RunStatus.Completed, "model1"), (run.Status, run.Winner));
        Assert.Equal(1, Calls("TrainSlice model3"));
    }

    [Fact]
    public async Task Start_ManyRequestsAtOnce_StartOneOrchestration()
    {
        await AddRunAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation)));
        await WaitForEndAsync();

        Assert.Equal(1, Calls("PrepareData"));
    }

    /// <summary>The status says that the run has ended a moment before the orchestration does.</summary>
    [Fact]
    public async Task Resume_OrchestrationIsAboutToEnd_WaitsForItsEndAndStartsTheRunAgain()
    {
        var leave = new TaskCompletionSource();
        _afterTheEnd = leave.Task;
        await AddRunAsync();
        await _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation);
        await _recordedEnd.Task;

        var resuming = RepairAndResumeAsync();
        await _clock.Waited.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        _afterTheEnd = Task.CompletedTask;
        leave.SetResult();
        await resuming;
        await WaitForEndAsync();

        Assert.Equal("model3", (await AddedRun.StoreOn(_storage).GetAsync(Id, Cancellation)).Winner);
    }

    [Fact]
    public async Task Cancel_PendingRun_StaysCancelledWhenItsOrchestrationBegins()
    {
        await AddRunAsync();
        await _application.Cancel.CancelAsync(Id, Cancellation);

        await _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation);
        await WaitForEndAsync();

        Assert.Equal(RunStatus.Cancelled, (await AddedRun.StoreOn(_storage).GetAsync(Id, Cancellation)).Status);
        Assert.Equal(["RecordStatus Running"], _pipeline.Calls);
    }

    [Fact]
    public async Task IsUnderWay_OrchestrationWorksAndEnds_SaysSo()
    {
        var leave = new TaskCompletionSource();
        _afterTheEnd = leave.Task;
        await AddRunAsync();
        Assert.False(await _comparisons.IsUnderWayAsync(Id, Cancellation));

        await _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation);
        Assert.True(await _comparisons.IsUnderWayAsync(Id, Cancellation));

        leave.SetResult();
        await WaitForEndAsync();
        Assert.False(await _comparisons.IsUnderWayAsync(Id, Cancellation));
    }

    private static RunRecord Run(RunStatus status) =>
        RunRecord.Of(Id, status, DateTimeOffset.UnixEpoch, SmallRuns.Define("model1", "model3").Configuration);

    private Task<RunRecord> AddRunAsync() => AddedRun.StoreOn(_storage).AddAsync(
        Id, RunStatus.Pending, SmallRuns.Define("model1", "model3"));

    private async Task<RecordedStatus> RecordAsync(StatusChange change)
    {
        var run = await new RecordStatusStep(AddedRun.StoreOn(_storage), TimeProvider.System).RunAsync(change, Cancellation);
        if (run.IsFinished)
        {
            _recordedEnd.TrySetResult();
            await _afterTheEnd;
        }

        return run;
    }

    private async Task CompleteWithoutModel3Async()
    {
        await AddRunAsync();
        await _comparisons.StartAsync(Run(RunStatus.Pending), Cancellation);
        await WaitForEndAsync();
    }

    private Task<ResumeResult> RepairAndResumeAsync()
    {
        _model3 = () => Trained;
        return _application.Resume.ResumeAsync(Id, Cancellation);
    }

    private int Calls(string call) => _pipeline.Calls.Count(made => made == call);

    private Task<OrchestrationMetadata> WaitForEndAsync() => _host.Client.WaitForInstanceCompletionAsync(Id, Cancellation);

    /// <summary>Tells when somebody waits by it for the first time.</summary>
    private sealed class WatchedClock : TimeProvider
    {
        private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waited => _waited.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waited.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
