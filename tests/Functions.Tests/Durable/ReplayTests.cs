using Microsoft.DurableTask;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>Histories are recorded from an engine in memory and replayed by the runner that the Functions worker uses.</summary>
public sealed class ReplayTests
{
    private static readonly RunDefinition Models = SmallRuns.Define("model1", "model3", "model4");

    [Theory]
    [InlineData("plain")]
    [InlineData("with failures, retries and several slices")]
    public async Task Replay_RecordedHistory_MakesTheSameCallsInTheSameOrder(string kind)
    {
        var recorder = await RecordAsync(kind == "plain" ? new FakePipeline { Definition = Models } : Troubled());

        var replayed = recorder.Turns.Select(turn => Replayer.Describe(Replayer.Run(turn.Request))).ToList();

        Assert.Equal(recorder.Turns.Select(turn => Replayer.Describe(turn.Response)), replayed);
        Assert.Contains(recorder.Turns, turn => Replayer.Name(turn.Request) == "TrainModel");
        Assert.Contains(recorder.Turns, turn => Replayer.Name(turn.Request) == "Comparison" && turn.Request.PastEvents.Count > 20);
    }

    /// <summary>An orchestration is replayed after each of its steps, so a run would be counted many times.</summary>
    [Fact]
    public async Task Replay_RecordedHistory_EmitsNoTelemetry()
    {
        var recorded = await RecordAsync(Troubled());
        using var telemetry = new TelemetryRecorder();

        foreach (var turn in recorded.Turns)
        {
            Replayer.Run(turn.Request);
        }

        Assert.NotEmpty(recorded.Turns);
        Assert.Empty(telemetry.Spans);
        Assert.Empty(telemetry.AllValues);
    }

    [Fact]
    public async Task Replay_HistoryOfAnotherWorkflow_IsFoundOut()
    {
        var recorder = await RecordAsync(new FakePipeline { Definition = Models });
        var last = recorder.Turns.Last(turn => Replayer.Name(turn.Request) == "Comparison").Request;

        var replayed = Replayer.Run(last, comparison: SwappedAsync);

        var end = replayed.Actions[^1].CompleteOrchestration;
        Assert.Equal(Protocol.OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Contains("NonDeterministic", end.FailureDetails.ErrorType, StringComparison.Ordinal);

        // As the comparison begins, but the other way round.
        static async Task<ComparisonOutcome> SwappedAsync(TaskOrchestrationContext orchestration, ComparisonInput request)
        {
            var context = new DurableWorkflowContext(orchestration, DurableHost.Timings);
            await context.CallStepAsync(PipelineSteps.PrepareData, new RunRequest(request.RunId));
            await context.CallStepAsync(PipelineSteps.RecordStatus, new StatusChange(request.RunId, RunStatus.Running, null, null));
            return new ComparisonOutcome(RunStatus.Completed, null, null, []);
        }
    }

    private static FakePipeline Troubled() => new()
    {
        Definition = Models,
        TrainSlice = (request, attempt) => (request.Model, attempt) switch
        {
            ("model1", _) => throw new InvalidInputException("model1: no."),
            ("model3", 1) => throw new IOException("connection reset"),
            ("model3", 2) => Task.FromResult(new TrainSliceResult(10, 15, Cancelled: false)),
            _ => Task.FromResult(new TrainSliceResult(15, 15, Cancelled: false)),
        },
    };

    private static async Task<HistoryRecorder> RecordAsync(FakePipeline pipeline)
    {
        var recorder = new HistoryRecorder();
        await using var host = await DurableHost.StartAsync(pipeline, services: recorder.AddTo);
        await host.CompareAsync("recorded");
        return recorder;
    }
}
