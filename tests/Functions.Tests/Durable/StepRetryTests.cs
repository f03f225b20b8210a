using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Durable;

public sealed class StepRetryTests
{
    private static readonly TrainSliceResult Trained = new(10, 10, Cancelled: false);

    [Fact]
    public async Task CallStep_InvalidInput_IsNotTriedAgain()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            PrepareData = (_, _) => throw new InvalidInputException("labels: expected 10 classes, found 3."),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("permanent");

        Assert.Equal((RunStatus.Failed, "labels: expected 10 classes, found 3."), (outcome.Status, outcome.Error));
        Assert.Equal(1, pipeline.Calls.Count(call => call == "PrepareData"));
    }

    [Fact]
    public async Task CallStep_StepTimedOut_IsNotTriedAgain()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            TrainSlice = (_, _) => throw new StepTimedOutException("too slow"),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("slow");

        Assert.Equal("too slow", outcome.Trainings.Single().Error);
        Assert.Equal(1, pipeline.Calls.Count(call => call == "TrainSlice model1"));
    }

    [Fact]
    public async Task CallStep_FailsTwice_TheThirdAttemptCounts()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            TrainSlice = (_, attempt) => attempt < 3 ? throw new IOException("connection reset") : Task.FromResult(Trained),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("transient");

        Assert.Equal((RunStatus.Completed, "model1"), (outcome.Status, outcome.Winner));
        Assert.Equal(3, pipeline.Calls.Count(call => call == "TrainSlice model1"));
    }

    /// <summary>A shutdown of the worker cancels the step. Four of them would exceed the three attempts.</summary>
    [Fact]
    public async Task CallStep_InterruptedByShutdowns_DoesNotUseUpItsAttempts()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            EvaluateModel = (request, attempt) => attempt switch
            {
                <= 4 => throw new OperationCanceledException(),
                <= 6 => throw new IOException("connection reset"),
                _ => Task.FromResult(new EvaluatedModel(request.Model, request.Seed, .8, .7)),
            },
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("interrupted");

        Assert.Equal((RunStatus.Completed, "model1"), (outcome.Status, outcome.Winner));
        Assert.Equal(7, pipeline.Calls.Count(call => call == "EvaluateModel model1"));
    }

    /// <summary>A worker takes down the steps that wait for their turn, too, so more of its ends are allowed than failures.</summary>
    [Fact]
    public async Task CallStep_WorkerEndsOften_DoesNotUseUpItsAttempts()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            TrainSlice = (_, attempt) => attempt switch
            {
                <= 9 => throw EndOfWorker(),
                <= 11 => throw new IOException("connection reset"),
                _ => Task.FromResult(Trained),
            },
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("killed");

        Assert.Equal((RunStatus.Completed, "model1"), (outcome.Status, outcome.Winner));
        Assert.Equal(12, pipeline.Calls.Count(call => call == "TrainSlice model1"));
    }

    [Fact]
    public async Task CallStep_WorkerEndsEveryTime_FailsWithTheReason()
    {
        var pipeline = new FakePipeline
        {
            TrainSlice = (request, _) => request.Model == "model1" ? throw EndOfWorker() : Task.FromResult(Trained),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("crashes");

        Assert.Equal((RunStatus.Completed, "model3"), (outcome.Status, outcome.Winner));
        Assert.Equal(10, pipeline.Calls.Count(call => call == "TrainSlice model1"));
        Assert.Equal(
            "TrainSlice failed: its worker process ended 10 times (dotnet exited with code 137 (0x89)); it may lack memory.",
            outcome.Trainings.Single(training => training.Model == "model1").Error);
    }

    /// <summary>The failure of an activity whose worker was killed, as a Functions host 4.1037 reports it.</summary>
    private static InvalidOperationException EndOfWorker() => new(
        "Exception while executing function: Functions.TrainSlice",
        new Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException("dotnet exited with code 137 (0x89)"));
}
