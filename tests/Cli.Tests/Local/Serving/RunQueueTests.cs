using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Local.Serving;

public sealed class RunQueueTests : IDisposable
{
    private static readonly ComparisonOutcome Completed = new(RunStatus.Completed, "model1", null, []);

    private readonly FakeQueuedRuns _runs = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly RunQueue _queue;

    public RunQueueTests() =>
        _queue = new RunQueue(_runs, new Output(json: true), _time, NullLogger<RunQueue>.Instance, new Interruption(_stop.Token));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _queue.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Start_SeveralRuns_ExecutesOneAtATime()
    {
        var (running, most) = (0, 0);
        _runs.Execute = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return Completed;
        };

        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await _queue.StartAsync(_runs.Add(id), Cancellation);
        }

        await _queue.WhenAllStoppedAsync();
        Assert.Equal(["a", "b", "c", "d"], _runs.Executed.Order());
        Assert.Equal(1, most);
        Assert.Equal(0, _queue.Active);
    }

    [Fact]
    public async Task Start_RunThatWasCancelledWhileItWaited_IsNotExecuted()
    {
        var run = _runs.Add("a");
        _runs.WhileWaiting = () => _runs.Set("a", RunStatus.Cancelled);

        await _queue.StartAsync(run, Cancellation);

        await _queue.WhenAllStoppedAsync();
        Assert.Empty(_runs.Executed);
    }

    [Fact]
    public async Task Start_DeletedRun_IsForgotten()
    {
        var run = _runs.Add("a");
        _runs.WhileWaiting = () => _runs.Delete("a");

        await _queue.StartAsync(run, Cancellation);

        await _queue.WhenAllStoppedAsync();
        Assert.Empty(_runs.Executed);
        Assert.Equal(0, _queue.Active);
    }

    [Fact]
    public async Task Start_StorageThatDoesNotAnswer_IsTriedAgainAfterTenSeconds()
    {
        var failed = new TaskCompletionSource();
        var attempts = 0;
        _runs.Execute = (_, _) => ++attempts == 1 ? throw new RequestFailedException(503, "busy") : Task.FromResult(Completed);
        _runs.AfterFailure = failed.SetResult;
        await _queue.StartAsync(_runs.Add("a"), Cancellation);
        await failed.Task.WaitAsync(Cancellation);

        await AdvanceUntilStoppedAsync();

        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Start_RunThatBreaks_DoesNotStopTheNext()
    {
        _runs.Execute = (run, _) => run.Id == "a" ? throw new InvalidOperationException("broken") : Task.FromResult(Completed);

        await _queue.StartAsync(_runs.Add("a"), Cancellation);
        await _queue.WhenAllStoppedAsync();
        await _queue.StartAsync(_runs.Add("b"), Cancellation);
        await _queue.WhenAllStoppedAsync();

        Assert.Equal(["a", "b"], _runs.Executed);
    }

    /// <summary>A run was cancelled and resumed while its first execution was ending.</summary>
    [Fact]
    public async Task Start_RunThatIsStartedAgainWhileItEnds_IsLookedAtAgain()
    {
        var run = _runs.Add("a");
        var times = 0;
        _runs.Execute = async (_, _) =>
        {
            if (++times == 1)
            {
                await _queue.StartAsync(run, Cancellation);
                return new ComparisonOutcome(RunStatus.Pending, null, null, []);
            }

            return Completed;
        };

        await _queue.StartAsync(run, Cancellation);
        await _queue.WhenAllStoppedAsync();

        Assert.Equal(2, times);
    }

    [Fact]
    public async Task Stop_RunUnderWay_EndsWithoutAnotherAttempt()
    {
        var began = new TaskCompletionSource();
        _runs.Execute = async (_, stop) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return Completed;
        };
        await _queue.StartAsync(_runs.Add("a"), Cancellation);
        await began.Task.WaitAsync(Cancellation);
        Assert.Equal(1, _queue.Active);

        await _stop.CancelAsync();

        await _queue.WhenAllStoppedAsync();
        Assert.Equal(["a"], _runs.Executed);
        Assert.Equal(RunStatus.Pending, _runs.StatusOf("a"));
    }

    [Fact]
    public async Task ContinueUnfinished_RunsOfAnEarlierServer_AreExecuted()
    {
        _runs.Add("a");
        _runs.Add("b");
        _runs.Set("b", RunStatus.Completed);

        await _queue.ContinueUnfinishedAsync();
        await _queue.WhenAllStoppedAsync();

        Assert.Equal(["a"], _runs.Executed);
    }

    /// <summary>The queue may not have begun to wait yet when the clock advances, so it advances again.</summary>
    private async Task AdvanceUntilStoppedAsync()
    {
        var stopped = _queue.WhenAllStoppedAsync();
        while (!stopped.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await stopped;
    }
}
