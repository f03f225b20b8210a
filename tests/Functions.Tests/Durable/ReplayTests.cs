using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>Histories are recorded from an engine in memory and replayed by the runner that the Functions worker uses.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with failures, retries and several slices")]
    public async Task Replay_RecordedHistory_MakesTheSameCallsInTheSameOrder(string kind)
    {
        var recorder = await RecordAsync(kind == "plain" ? new FakePipeline() : Troubled());

        var replayed = recorder.Turns.Select(turn => Describe(Replay(turn.Request))).ToList();

        Assert.Equal(recorder.Turns.Select(turn => Describe(turn.Response)), replayed);
        Assert.Contains(recorder.Turns, turn => Name(turn.Request) == "TrainModel");
        Assert.Contains(recorder.Turns, turn => Name(turn.Request) == "Comparison" && turn.Request.PastEvents.Count > 20);
    }

    [Fact]
    public async Task Replay_HistoryOfAnotherWorkflow_IsFoundOut()
    {
        var recorder = await RecordAsync(new FakePipeline());
        var last = recorder.Turns.Last(turn => Name(turn.Request) == "Comparison").Request;

        var replayed = Replay(last, comparison: SwappedAsync);

        var end = replayed.Actions[^1].CompleteOrchestration;
        Assert.Equal(Protocol.OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Contains("NonDeterministic", end.FailureDetails.ErrorType, StringComparison.Ordinal);

        // As the comparison begins, but the other way round.
        static async Task<ComparisonOutcome> SwappedAsync(TaskOrchestrationContext orchestration, ComparisonRequest request)
        {
            var context = new DurableWorkflowContext(orchestration, DurableHost.Timings);
            await context.CallStepAsync(PipelineSteps.PrepareData, new RunRequest(request.RunId));
            await context.CallStepAsync(PipelineSteps.RecordStatus, new StatusChange(request.RunId, RunStatus.Running, null, null));
            return new ComparisonOutcome(RunStatus.Completed, null, null, []);
        }
    }

    private static FakePipeline Troubled() => new()
    {
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
        await host.CompareAsync(Runs.Request("recorded", "model1", "model3", "model4"));
        return recorder;
    }

    private static Protocol.OrchestratorResponse Replay(
        Protocol.OrchestratorRequest request, Func<TaskOrchestrationContext, ComparisonRequest, Task<ComparisonOutcome>>? comparison = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(new DurableTaskShimFactory(new DurableTaskWorkerOptions { DataConverter = new JsonDataConverter(Json.Compact) }))
            .BuildServiceProvider();
        var encoded = Convert.ToBase64String(request.ToByteArray());
        comparison ??= (context, input) => ComparisonWorkflow.Comparison.RunAsync(new DurableWorkflowContext(context, DurableHost.Timings), input);
        var answer = Name(request) == "Comparison"
            ? GrpcOrchestrationRunner.LoadAndRun<ComparisonRequest, ComparisonOutcome>(encoded, (context, input) => comparison(context, input!)!, services)
            : GrpcOrchestrationRunner.LoadAndRun<TrainingRun, TrainingOutcome>(
                encoded, (context, input) => ComparisonWorkflow.TrainModel.RunAsync(new DurableWorkflowContext(context, DurableHost.Timings), input!)!, services);
        return Protocol.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }

    private static string Name(Protocol.OrchestratorRequest request) =>
        request.PastEvents.Concat(request.NewEvents).First(happened => happened.ExecutionStarted is not null).ExecutionStarted.Name;

    /// <summary>The calls of one turn, and the status it shows.</summary>
    private static string Describe(Protocol.OrchestratorResponse response) =>
        string.Join('\n', response.Actions.Select(Describe).Append($"status {response.CustomStatus}"));

    private static string Describe(Protocol.OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask => $"{action.Id} {action.ScheduleTask.Name} {action.ScheduleTask.Input}",
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration =>
            $"{action.Id} {action.CreateSubOrchestration.Name} {action.CreateSubOrchestration.InstanceId} {action.CreateSubOrchestration.Input}",
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer => $"{action.Id} timer {action.CreateTimer.FireAt}",
        _ => $"{action.Id} {action.CompleteOrchestration.OrchestrationStatus} {action.CompleteOrchestration.Result}",
    };
}
