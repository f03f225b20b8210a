using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Cli.Tests.Local.Processes;
using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Tests.Local.Trainings;

public sealed class TrainingProcessTests : IDisposable
{
    private static readonly TrainingId Request = new("run", "model1", 1);
    private static readonly TrainSliceResult Finished = new(3, 3, Cancelled: false);

    private readonly FakeChild _child = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _flag = new();
    private readonly List<StepNote> _notes = [];
    private readonly List<TrainingProgress> _progress = [];

    public void Dispose()
    {
        _stop.Dispose();
        _flag.Dispose();
    }

    [Fact]
    public async Task Run_ChildThatAnswers_GivesItsResultAndPassesProgressOn()
    {
        var running = RunAsync();
        var report = new TrainingProgress("model1", 1, "training", 1, 3, 2, 8, 0.5, 0.75, null);

        _child.Say(new StepMessage(report, null, null));
        Answer(Finished);
        _child.Exit(0);

        Assert.Equal(Finished, await running);
        Assert.Equal([report], _progress);
        Assert.Equal("""{"runId":"run","model":"model1","seed":1}""" + Environment.NewLine, _child.Received);
        Assert.Empty(_child.Events);
    }

    [Fact]
    public async Task Run_Child_IsThisProgramWithItsStorageAndThreads()
    {
        var running = RunAsync();
        Answer(Finished);
        _child.Exit(0);
        await running;

        Assert.Equal(["run-step", "TrainSlice"], _child.Started!.ArgumentList.TakeLast(2));
        Assert.Equal("storage", _child.Started.Environment["FASHION_STEP_STORAGE"]);
        Assert.Equal("2", _child.Started.Environment["OMP_NUM_THREADS"]);
        Assert.Equal("PASSIVE", _child.Started.Environment["OMP_WAIT_POLICY"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ChildThatFails_IsPermanentOnlyIfItSaysSo(bool permanent)
    {
        var running = RunAsync();
        _child.Say(new StepMessage(null, null, new StepError("model: broken.", permanent)));
        _child.Exit(2);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => running);

        Assert.Equal("model: broken.", error.Message);
        Assert.Equal(permanent, error is InvalidInputException);
        Assert.Equal(!permanent, error is StepCrashedException);
    }

    [Fact]
    public async Task Run_ChildWithoutStorage_IsAnOutageWithItsCause()
    {
        var running = RunAsync();
        _child.Say(new StepMessage(
            null, null, new StepError("storage: the account is busy.", Permanent: false, StorageFailureKind.Busy)));
        _child.Exit(1);

        var error = await Assert.ThrowsAsync<StorageOutageException>(() => running);

        Assert.Equal("storage: the account is busy.", StorageFailure.Describe(error));
        Assert.True(StorageFailure.IsOutage(error));
        Assert.True(StorageFailure.IsTransient(error));
    }

    [Fact]
    public async Task Run_ChildThatCrashes_NamesItsCodeAndItsErrors()
    {
        var running = RunAsync();
        _child.SayError("terminate called");
        _child.Exit(134);

        var error = await Assert.ThrowsAsync<StepCrashedException>(() => running);

        Assert.Equal("the training process ended with code 134 and no answer. terminate called", error.Message);
    }

    [Fact]
    public async Task Run_CancelledChildThatObeys_GivesItsResult()
    {
        var running = RunAsync();
        await _child.WaitedForAsync();

        await _stop.CancelAsync();
        await _child.WaitedForAsync();
        await _child.WaitedForAsync();
        Answer(Finished with { Cancelled = true });
        _child.Exit(0);

        Assert.True((await running).Cancelled);
        Assert.Equal(["input closed"], _child.Events);
        Assert.Empty(_notes);
    }

    /// <summary>As after SIGSTOP: neither the closed input nor SIGTERM reaches it.</summary>
    [Fact]
    public async Task Run_CancelledChildThatHangs_IsKilledAfterSeventySeconds()
    {
        var running = RunAsync();
        await _child.WaitedForAsync();

        await _stop.CancelAsync();
        await GrantBothGracesAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["input closed", "terminated", "killed"], _child.Events);
        Assert.Equal(
            [
                new StepNote("run", "waiting up to 70 s for model1 seed 1 to stop"),
                new StepNote("run", "model1 seed 1 did not stop within 60 s and was ended"),
            ],
            _notes);
    }

    /// <summary>Another attempt then finds the flag at its start.</summary>
    [Fact]
    public async Task Run_CancelFlagAndAChildThatHangs_EndsTheChildAsACrash()
    {
        var running = RunAsync();
        await _child.WaitedForAsync();

        await _flag.CancelAsync();
        await GrantBothGracesAsync();

        await Assert.ThrowsAsync<StepCrashedException>(() => running);
        Assert.Equal(["terminated", "killed"], _child.Events);
    }

    /// <summary>It must be able to begin, or it could not give the result of a cancelled step.</summary>
    [Fact]
    public async Task Run_CancelFlagSetBeforeTheChildBegins_LeavesItsInputOpen()
    {
        await _flag.CancelAsync();
        var running = RunAsync();
        await _child.WaitedForAsync();

        Answer(Finished with { Cancelled = true });
        _child.Exit(0);

        Assert.True((await running).Cancelled);
        Assert.Empty(_child.Events);
    }

    [Fact]
    public async Task Run_CancelFlagDuringAnEvaluation_LetsItFinish()
    {
        var evaluated = new EvaluatedModel("model1", 1, 0.5, 0.25);
        var running = Process().RunAsync(PipelineSteps.EvaluateModel, Request, _stop.Token);
        await _child.WaitedForAsync();

        await _flag.CancelAsync();
        Answer(evaluated);
        _child.Exit(0);

        Assert.Equal(evaluated, await running);
        Assert.Empty(_child.Events);
    }

    [Fact]
    public async Task Run_SilentChild_IsReportedWhileItLasts()
    {
        var running = RunAsync();
        await _child.WaitedForAsync();

        _time.Advance(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(
            [
                new StepNote("run", "no progress of model1 seed 1 for 2 min"),
                new StepNote("run", "no progress of model1 seed 1 for 4 min"),
            ],
            _notes);
        Answer(Finished);
        _child.Exit(0);
        await running;
    }

    private Task<TrainSliceResult> RunAsync() => Process().RunAsync(PipelineSteps.TrainSlice, Request, _stop.Token);

    private TrainingProcess Process()
    {
        var log = new ChildLog(null);
        return new TrainingProcess(
            _child, new TrainingStart("storage", 2, DeviceChoice.Cpu, log), new FakeFlags(_flag.Token), log, _time,
            new ActionProgress<TrainingProgress>(_progress.Add), new ActionProgress<StepNote>(_notes.Add));
    }

    private void Answer<T>(T result) =>
        _child.Say(new StepMessage(null, JsonSerializer.SerializeToElement(result, Json.Compact), null));

    private async Task GrantBothGracesAsync()
    {
        await _child.WaitedForAsync();
        await _child.WaitedForAsync();
        _time.Advance(TimeSpan.FromSeconds(60));
        await _child.WaitedForAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
    }

    private sealed class FakeFlags(CancellationToken flag) : ICancelFlags
    {
        public ICancelFlag Watch(string runId, CancellationToken also) => new Flag(flag, also);

        private sealed class Flag(CancellationToken flag, CancellationToken also) : ICancelFlag
        {
            private readonly CancellationTokenSource _either = CancellationTokenSource.CreateLinkedTokenSource(flag, also);

            public CancellationToken Requested => _either.Token;

            public ValueTask DisposeAsync()
            {
                _either.Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
