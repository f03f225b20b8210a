using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Functions.Trainer;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Trainer;

public sealed class TrainingTurnsTests
{
    private static readonly TrainingId Request = new("run", "model1", 2);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_ASecondStep_WaitsForTheFirst()
    {
        using var turns = new TrainingTurns(_time);
        var first = new BlockedStep();
        var second = new BlockedStep();

        var one = turns.RunAsync(first, Request, Limit, TestContext.Current.CancellationToken);
        var two = turns.RunAsync(second, Request, Limit, TestContext.Current.CancellationToken);

        Assert.Equal((true, false), (first.Started, second.Started));
        first.Answer.SetResult("one");
        second.Answer.SetResult("two");
        Assert.Equal(["one", "two"], await Task.WhenAll(one, two));
    }

    [Fact]
    public async Task Run_TimeIsUp_EndsTheStepAndSaysSo()
    {
        using var turns = new TrainingTurns(_time);
        var running = turns.RunAsync(new BlockedStep(), Request, Limit, TestContext.Current.CancellationToken);

        _time.Advance(Limit);

        var late = await Assert.ThrowsAsync<StepTimedOutException>(() => running);
        Assert.Equal("model1, seed 2: a training step took longer than 00:10:00.", late.Message);
    }

    [Fact]
    public async Task Run_WaitsForItsTurn_TheWaitDoesNotCount()
    {
        using var turns = new TrainingTurns(_time);
        var first = new BlockedStep();
        var second = new BlockedStep();
        var one = turns.RunAsync(first, Request, Limit, TestContext.Current.CancellationToken);
        var two = turns.RunAsync(second, Request, Limit, TestContext.Current.CancellationToken);

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        first.Answer.SetResult("one");
        await one;
        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        second.Answer.SetResult("two");

        Assert.Equal("two", await two);
    }

    [Fact]
    public async Task Run_HostGoesAway_IsNoTimeout()
    {
        using var turns = new TrainingTurns(_time);
        using var shutdown = new CancellationTokenSource();
        var running = turns.RunAsync(new BlockedStep(), Request, Limit, shutdown.Token);

        await shutdown.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private sealed class BlockedStep : IStepHandler<TrainingId, string>
    {
        public TaskCompletionSource<string> Answer { get; } = new();

        public bool Started { get; private set; }

        public async Task<string> RunAsync(TrainingId request, CancellationToken cancellation)
        {
            Started = true;
            return await Answer.Task.WaitAsync(cancellation);
        }
    }
}
