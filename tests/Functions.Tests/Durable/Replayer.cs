using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>The runner that the Functions worker uses, on recorded histories.</summary>
internal static class Replayer
{
    /// <summary>Replays a history against today's workflows, and answers as the worker would.</summary>
    /// <param name="comparison">Stands in for the comparison; the default value is the comparison itself.</param>
    public static Protocol.OrchestratorResponse Run(
        Protocol.OrchestratorRequest request, Func<TaskOrchestrationContext, ComparisonInput, Task<ComparisonOutcome>>? comparison = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(new DurableTaskShimFactory(new DurableTaskWorkerOptions { DataConverter = new JsonDataConverter(Json.Compact) }))
            .BuildServiceProvider();
        var encoded = Convert.ToBase64String(request.ToByteArray());
        comparison ??= (context, input) => Carry(context).RunAsync(ComparisonWorkflow.Comparison, input);
        var answer = Name(request) == "Comparison"
            ? GrpcOrchestrationRunner.LoadAndRun<ComparisonInput, ComparisonOutcome>(
                encoded, (context, input) => comparison(context, input!)!, services)
            : GrpcOrchestrationRunner.LoadAndRun<TrainModelInput, TrainingOutcome>(
                encoded, (context, input) => Carry(context).RunAsync(ComparisonWorkflow.TrainModel, input!)!, services);
        return Protocol.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }

    private static DurableWorkflowContext Carry(TaskOrchestrationContext context) => new(context, DurableHost.Timings);

    /// <summary>The orchestration that a request carries on.</summary>
    public static string Name(Protocol.OrchestratorRequest request) =>
        request.PastEvents.Concat(request.NewEvents).First(happened => happened.ExecutionStarted is not null).ExecutionStarted.Name;

    /// <summary>
    /// The calls of one turn, and its result. The status that it shows is left out: nothing is replayed from it, so a later version may
    /// word or count it differently.
    /// </summary>
    public static string Describe(Protocol.OrchestratorResponse response) =>
        string.Join('\n', response.Actions.Select(Describe));

    private static string Describe(Protocol.OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask =>
            $"{action.Id} {action.ScheduleTask.Name} {action.ScheduleTask.Input}",
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration =>
            $"{action.Id} {action.CreateSubOrchestration.Name} {action.CreateSubOrchestration.InstanceId} "
            + action.CreateSubOrchestration.Input,
        Protocol.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer => $"{action.Id} timer {action.CreateTimer.FireAt}",
        _ => $"{action.Id} {action.CompleteOrchestration.OrchestrationStatus} {action.CompleteOrchestration.Result}",
    };
}
