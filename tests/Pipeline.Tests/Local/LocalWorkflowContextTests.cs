using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline.Tests.Local;

public sealed class LocalWorkflowContextTests : IDisposable
{
    private static readonly TrainingId Request = new("run", "model1", 1);

    private readonly FakeSteps _steps = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    private LocalWorkflowContext Context(int slots = 1) => new(
        _steps.Light, _steps, new SemaphoreSlim(slots), new Progress<WorkflowProgress>(), _time, NullLogger.Instance, _cancellation.Token);

    [Fact]
    public async Task CallStep_CrashesTwice_IsTriedAThirdTime()
    {
        _steps.TrainSlice = (_, attempt, _) => attempt < 3
            ? throw new StepCrashedException("out of memory")
            : Task.FromResult(new TrainSliceResult(1, 1, Cancelled: false));

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, Request);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await call).Finished);
        Assert.Equal(3, _steps.Calls.Count);
    }

    [Fact]
    public async Task CallStep_CrashesThreeTimes_FailsWithTheReason()
    {
        _steps.TrainSlice = (_, _, _) => throw new StepCrashedException("out of memory");

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, Request);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => call);
        Assert.Equal("TrainSlice failed 3 times: out of memory", failure.Message);
    }

    [Fact]
    public async Task CallStep_StorageCannotBeUsed_EndsTheRunInsteadOfTheModel()
    {
        _steps.TrainSlice = (_, _, _) => throw new RequestFailedException(503, "Service request failed.", "ServerBusy", null);

        await Assert.ThrowsAsync<RequestFailedException>(() => Context().CallStepAsync(PipelineSteps.TrainSlice, Request));

        Assert.Single(_steps.Calls);
    }

    [Fact]
    public async Task CallStep_StorageRefusesThreeTimes_FailsWithASentence()
    {
        _steps.TrainSlice = (_, _, _) => throw new RequestFailedException(404, "Service request failed.", "BlobNotFound", null);

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, Request);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => call);
        Assert.Equal(
            "TrainSlice failed 3 times: storage: the account refused a request (404 BlobNotFound).", failure.Message);
    }

    [Fact]
    public async Task CallStep_InvalidInput_IsNotTriedAgain()
    {
        _steps.TrainSlice = (_, _, _) => throw new InvalidInputException("file: broken.");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Context().CallStepAsync(PipelineSteps.TrainSlice, Request));

        Assert.Equal("file: broken.", failure.Message);
        Assert.Single(_steps.Calls);
    }

    [Fact]
    public async Task CallStep_PastItsDeadline_IsStoppedAndFails()
    {
        _steps.TrainSlice = async (_, epoch, stop) =>
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            return new TrainSliceResult(epoch, 3, Cancelled: true);
        };

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, Request, TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<StepFailedException>(() => call);
        Assert.Single(_steps.Calls);
    }

    /// <summary>An evaluation cannot stop half-way with a result: it ends with an error when it is stopped.</summary>
    [Fact]
    public async Task CallStep_PastItsDeadlineAndEndsWithAnError_IsNotTriedAgain()
    {
        _steps.TrainSlice = async (_, _, stop) =>
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            throw new StepCrashedException("A task was canceled.");
        };

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, Request, TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(1));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => call);
        Assert.Equal("TrainSlice took longer than 00:01:00.", failure.Message);
        Assert.Single(_steps.Calls);
    }

    [Fact]
    public async Task CallWorkflow_MoreThanSlots_WaitUntilOneIsFree()
    {
        var finish = new TaskCompletionSource<TrainSliceResult>();
        _steps.TrainSlice = (_, _, _) => finish.Task;
        var context = Context(slots: 2);

        var calls = new[] { "a", "b", "c" }
            .Select(model => context.CallWorkflowAsync(ComparisonWorkflow.TrainModel, model, new TrainModelInput("run", model, 1, 1)))
            .ToList();
        var startedAtOnce = _steps.Calls.ToList();
        finish.SetResult(new TrainSliceResult(3, 3, Cancelled: false));
        await Task.WhenAll(calls);

        Assert.Equal(["TrainSlice a", "TrainSlice b"], startedAtOnce);
        Assert.Contains("TrainSlice c", _steps.Calls);
    }

    [Fact]
    public async Task CallStep_CancelledWhileWaitingForASlot_Ends()
    {
        var context = Context(slots: 0);

        var call = context.CallStepAsync(PipelineSteps.TrainSlice, Request);
        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(_steps.Calls);
    }
}
