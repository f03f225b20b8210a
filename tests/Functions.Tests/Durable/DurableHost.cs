using Microsoft.AspNetCore.Connections;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>The workflows on an orchestration engine in memory, with the app's JSON and hardly any wait between attempts.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    public static readonly DurableTimings Timings = new() { FirstRetry = TimeSpan.FromMilliseconds(1), WaitForWorker = TimeSpan.Zero };

    /// <summary>What an orchestration may take before a test gives up on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How many ports are tried before a test gives up.</summary>
    private const int PortAttempts = 20;

    private readonly DurableTaskTestHost _host;

    // The engine's own web server takes its log level from here alone.
    static DurableHost() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");

    private DurableHost(DurableTaskTestHost host) => _host = host;

    public DurableTaskClient Client => _host.Client;

    /// <param name="pipeline">The activities of the pipeline; null where <paramref name="more"/> adds them.</param>
    public static async Task<DurableHost> StartAsync(
        FakePipeline? pipeline, Action<DurableTaskRegistry>? more = null, Action<IServiceCollection>? services = null)
    {
        var options = new DurableTaskTestHostOptions
        {
            ConfigureServices = collection =>
            {
                collection.ConfigureAll<DurableTaskWorkerOptions>(worker => worker.DataConverter = new JsonDataConverter(Json.Compact));
                collection.ConfigureAll<DurableTaskClientOptions>(client =>
                {
                    client.DataConverter = new JsonDataConverter(Json.Compact);
                    client.DefaultVersion = WorkflowVersion.Current;
                });
                services?.Invoke(collection);
            },
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(pipeline, more, options);
            }
            catch (IOException error) when (error.InnerException is AddressInUseException && attempt < PortAttempts)
            {
                // The engine draws its port at random and does not look whether another program has it. It draws again.
            }
        }
    }

    /// <summary>Runs a comparison to its end.</summary>
    public async Task<(ComparisonOutcome Outcome, WorkflowProgress? Progress)> CompareAsync(string runId)
    {
        var end = await RunAsync(ComparisonWorkflow.Comparison.Name, new ComparisonInput(runId), runId);
        return (end.ReadOutputAs<ComparisonOutcome>()!, end.ReadCustomStatusAs<WorkflowProgress>());
    }

    /// <summary>Runs an orchestration to its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object input, string id)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), late.Token);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, late.Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<DurableHost> StartAsync(
        FakePipeline? pipeline, Action<DurableTaskRegistry>? more, DurableTaskTestHostOptions options)
    {
        DurableHost? host = null;
        host = new DurableHost(await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                Add(tasks, pipeline, more);
                tasks.AddActivityFunc<EndRequest>(
                    nameof(OrchestrationEnd.EndOrchestration), (_, request) =>
                        OrchestrationEnd.EndOrchestration(request, host!.Client, CancellationToken.None));
            },
            options,
            TestContext.Current.CancellationToken));
        return host;
    }

    private static void Add(DurableTaskRegistry tasks, FakePipeline? pipeline, Action<DurableTaskRegistry>? more)
    {
        pipeline?.AddTo(tasks);
        tasks.AddOrchestratorFunc<ComparisonInput, ComparisonOutcome>(
            ComparisonWorkflow.Comparison.Name, (context, input) =>
                new DurableWorkflowContext(context, Timings).RunAsync(ComparisonWorkflow.Comparison, input));
        tasks.AddOrchestratorFunc<TrainModelInput, TrainingOutcome>(
            ComparisonWorkflow.TrainModel.Name, (context, input) =>
                new DurableWorkflowContext(context, Timings).RunAsync(ComparisonWorkflow.TrainModel, input));
        more?.Invoke(tasks);
    }
}
