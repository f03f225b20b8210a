using System.Text.Json;
using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

/// <summary>The host.json files of the two apps fit each other and the templates.</summary>
public sealed class HostSettingsTests
{
    private static readonly JsonElement Api = DurableTask("Functions/host.api.json");
    private static readonly JsonElement Trainer = DurableTask("Functions/host.trainer.json");

    [Fact]
    public void WorkItemFiltering_InBothApps_IsOn()
    {
        // Without it an app takes work items of the other one, whose functions it does not have.
        Assert.True(Api.GetProperty("storageProvider").GetProperty("workItemFilteringEnabled").GetBoolean());
        Assert.True(Trainer.GetProperty("storageProvider").GetProperty("workItemFilteringEnabled").GetBoolean());
    }

    [Theory]
    [InlineData("Functions/host.api.json")]
    [InlineData("Functions/host.trainer.json")]
    public void TaskHub_InBothApps_ComesFromTheSettingsOfTheTemplate(string file)
    {
        var settings = DurableTask(file);
        var provider = settings.GetProperty("storageProvider");

        Assert.Equal("%TASKHUB_NAME%", settings.GetProperty("hubName").GetString());
        Assert.Equal("azureManaged", provider.GetProperty("type").GetString());
        Assert.Equal("DURABLE_TASK_SCHEDULER_CONNECTION_STRING", provider.GetProperty("connectionStringName").GetString());
    }

    [Fact]
    public async Task WorkItemsPerReplica_OfTheScaleRules_AreThoseOfTheHosts()
    {
        var snapshot = await Snapshot.GetAsync(ParameterSets.T4);

        Assert.Equal(ActivitiesOf(Api), ScaleTarget(snapshot.Api));
        Assert.Equal(ActivitiesOf(Trainer), ScaleTarget(snapshot.Trainer));

        static string ActivitiesOf(JsonElement host) => host.GetProperty("maxConcurrentActivityFunctions").ToString();

        static string ScaleTarget(ContainerApp app) =>
            app.Scale.Rules.Single(rule => rule.Name == "durable-activity").Custom!.Metadata["maxConcurrentWorkItemsCount"];
    }

    /// <summary>The host's part of a run's trace: without it the spans of the workers have no common root.</summary>
    [Theory]
    [InlineData("host.json")]
    [InlineData("Functions/host.api.json")]
    [InlineData("Functions/host.trainer.json")]
    public void Tracing_InEveryHostFile_IsOpenTelemetryWithSpansOfOrchestrations(string file)
    {
        var tracing = DurableTask(file).GetProperty("tracing");

        Assert.Equal("OpenTelemetry", JsonDocument.Parse(Repository.Read(file)).RootElement.GetProperty("telemetryMode").GetString());
        Assert.True(tracing.GetProperty("distributedTracingEnabled").GetBoolean());
        Assert.Equal("V2", tracing.GetProperty("version").GetString());
    }

    private static JsonElement DurableTask(string file) =>
        JsonDocument.Parse(Repository.Read(file)).RootElement.GetProperty("extensions").GetProperty("durableTask");
}
