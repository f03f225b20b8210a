using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>
/// A deployment of version 2.0 of a made-up workflow. Version 1.0 called another step: in the caller, in its child and in the child's
/// second round.
/// </summary>
public sealed class WorkflowVersionTests : IAsyncLifetime
{
    private const string Deployed = "2.0";

    private static readonly Step<string, string> Old = new("Old", StepKind.Light);
    private static readonly Step<string, string> New = new("New", StepKind.Light);
    private static readonly Workflow<string, string> Caller = new("Caller", CallAsync);
    private static readonly Workflow<string, string> Child = new("Child", TwoRoundsAsync);

    private readonly ConcurrentQueue<string> _calls = new();

    private DurableHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DurableHost.StartAsync(
        new FakePipeline(),
        tasks => tasks
            .AddOrchestratorFunc<string, string>(Caller.Name, (context, input) => Caller.RunAsync(Carry(context), input))
            .AddOrchestratorFunc<string, string>(Child.Name, (context, input) => Child.RunAsync(Carry(context), input))
            .AddActivityFunc<string, string>(Old.Name, (_, input) => Record($"Old {input}"))
            .AddActivityFunc<string, string>(New.Name, (_, input) => Record($"New {input}")),
        services => services
            .ConfigureAll<DurableTaskWorkerOptions>(worker => worker.Versioning = new DurableTaskWorkerOptions.VersioningOptions
            {
                // As the Functions host does it by default.
                Version = Deployed,
                DefaultVersion = Deployed,
                MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
                FailureStrategy = DurableTaskWorkerOptions.VersionFailureStrategy.Reject,
            })
            .ConfigureAll<DurableTaskClientOptions>(client => client.DefaultVersion = Deployed));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Run_BegunAtTheDeployedVersion_TakesTheNewBranch()
    {
        await RunAsync(new StartOrchestrationOptions("new"));

        Assert.Equal(["New caller", "New first", "New second"], _calls);
    }

    [Fact]
    public async Task Run_BegunAtAnOlderVersion_KeepsTheOldBranchInChildrenAndLaterRounds()
    {
        await RunAsync(new StartOrchestrationOptions("old") { Version = "1.0" });

        Assert.Equal(["Old caller", "Old first", "Old second"], _calls);
    }

    [Fact]
    public async Task Run_BegunBeforeThereWereVersions_KeepsTheOldBranchInChildrenAndLaterRounds()
    {
        await RunAsync(new StartOrchestrationOptions("unversioned") { Version = "" });

        Assert.Equal(["Old caller", "Old first", "Old second"], _calls);
    }

    /// <summary>Runs would begin at another version than the code's newest branch.</summary>
    [Theory]
    [InlineData("host.json")]
    [InlineData("Functions/host.api.json")]
    public void DefaultVersion_OfTheHostSettings_IsTheCurrentVersion(string file)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), file)));

        Assert.Equal(
            WorkflowVersion.Current,
            settings.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("defaultVersion").GetString());
    }

    private static async Task<string> CallAsync(IWorkflowContext context, string input)
    {
        await context.CallStepAsync(context.Version < new Version(Deployed) ? Old : New, "caller");
        return await context.CallWorkflowAsync(Child, "child", "first");
    }

    private static async Task<string> TwoRoundsAsync(IWorkflowContext context, string round)
    {
        await context.CallStepAsync(context.Version < new Version(Deployed) ? Old : New, round);
        return round == "first" ? await context.RunAgainAsync(Child, "second") : round;
    }

    private static DurableWorkflowContext Carry(TaskOrchestrationContext context) => new(context, DurableHost.Timings);

    private Task<string> Record(string call)
    {
        _calls.Enqueue(call);
        return Task.FromResult(call);
    }

    private async Task RunAsync(StartOrchestrationOptions options)
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(Caller.Name, "", options, TestContext.Current.CancellationToken);
        await _host.Client.WaitForInstanceCompletionAsync(options.InstanceId!, TestContext.Current.CancellationToken);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
