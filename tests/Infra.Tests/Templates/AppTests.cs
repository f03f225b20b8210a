using ServerlessFashion.Infra.Tests.Snapshots;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class AppTests
{
    public static TheoryData<string> Sets => [.. ParameterSets.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Apps_EverySet_AreFunctionAppsWithOneRevisionAndTheLongestGracePeriod(string set) =>
        Assert.All(await TwoAppsAsync(set), app =>
        {
            Assert.Equal("functionapp", app.Kind);
            Assert.Equal("Single", app.Properties.Configuration.ActiveRevisionsMode);
            Assert.Equal(600, app.Template.TerminationGracePeriodSeconds);
            Assert.False(app.Properties.Configuration.Ingress.AllowInsecure);
        });

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Apps_EverySet_UseIdentitiesAndNoSecrets(string set) =>
        Assert.All(await TwoAppsAsync(set), app =>
        {
            Assert.Equal("UserAssigned", app.Identity.Type);
            Assert.Single(app.Identity.UserAssignedIdentities);
            Assert.Empty(app.Properties.Configuration.Secrets ?? []);
            Assert.All(app.Container.Env, variable => Assert.Null(variable.SecretRef));
            var registry = Assert.Single(app.Properties.Configuration.Registries);
            Assert.Null(registry.PasswordSecretRef);
            Assert.Contains(".outputs.id.", registry.Identity, StringComparison.Ordinal);
            Assert.Equal("managedidentity", app.Setting("AzureWebJobsStorage__credential"));
            Assert.False(app.HasSetting("AzureWebJobsStorage"));
        });

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Apps_EverySet_ShareOneHubAndOneAccountUnderTwoHostIds(string set)
    {
        var snapshot = await Snapshot.GetAsync(set);
        var hub = Assert.Single(snapshot.Of(ResourceTypes.TaskHub)).ShortName;
        var account = snapshot.Single(ResourceTypes.Storage).Name;

        Assert.All(snapshot.Apps, app => Assert.Equal(hub, app.Setting("TASKHUB_NAME")));
        Assert.All(snapshot.Apps, app => Assert.Equal(account, app.Setting("AzureWebJobsStorage__accountName")));
        Assert.All(snapshot.Apps, app => Assert.Contains(
            "Authentication=ManagedIdentity", app.Setting("DURABLE_TASK_SCHEDULER_CONNECTION_STRING"), StringComparison.Ordinal));
        Assert.Equal(2, snapshot.Apps.Select(app => app.Setting("AzureFunctionsWebHost__hostid")).Distinct().Count());
    }

    /// <summary>Without a host name the Durable extension refuses every function that starts an orchestration.</summary>
    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Apps_EverySet_KnowTheirHostNames(string set) =>
        Assert.All(await TwoAppsAsync(set), app =>
        {
            var host = app.Setting("WEBSITE_HOSTNAME");
            Assert.Contains(app.Name, host, StringComparison.Ordinal);
            Assert.Equal(app.Properties.Configuration.Ingress.External, !host.Contains(".internal", StringComparison.Ordinal));
        });

    [Theory]
    [InlineData(ParameterSets.T4, "gpu", 8, "56Gi", "cuda", 1)]
    [InlineData(ParameterSets.A100, "gpu", 24, "220Gi", "cuda", 4)]
    [InlineData(ParameterSets.Cpu, "Consumption", 4, "8Gi", "cpu", 1)]
    public async Task Trainer_OnEachProfile_TakesItWholeAndScalesToZero(
        string set, string profile, int cores, string memory, string device, int replicas)
    {
        var snapshot = await Snapshot.GetAsync(set);
        var trainer = snapshot.Trainer;

        Assert.Equal(profile, trainer.Properties.WorkloadProfileName);
        Assert.Equal(new ContainerApp.AppResources(cores, memory), trainer.Container.Resources);
        Assert.Equal((0, replicas), (trainer.Scale.MinReplicas, trainer.Scale.MaxReplicas));
        Assert.Equal(device, trainer.Setting("FASHION_DEVICE"));
        Assert.Equal("false", trainer.Setting("FASHION_CREATE_STORAGE"));
        Assert.Equal(device == "cuda", trainer.HasSetting("CUBLAS_WORKSPACE_CONFIG"));
        Assert.False(trainer.Properties.Configuration.Ingress.External);
        // The api plans runs for the machines of the trainer.
        Assert.Equal($"{cores}", snapshot.Api.Setting("FASHION_TRAINING_THREADS"));
        Assert.Equal($"{replicas}", trainer.Setting("FASHION_TRAINING_REPLICAS"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Api_EverySet_IsAlwaysWarmAndCreatesStorage(string set)
    {
        var api = (await Snapshot.GetAsync(set)).Api;

        Assert.InRange(api.Scale.MinReplicas, 1, api.Scale.MaxReplicas);
        Assert.Equal("Consumption", api.Properties.WorkloadProfileName);
        Assert.Equal($"{2 * api.Container.Resources.Cpu}Gi", api.Container.Resources.Memory);
        Assert.False(api.HasSetting("FASHION_CREATE_STORAGE"));
        Assert.True(api.Properties.Configuration.Ingress.External);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task ScaleRules_EverySet_AreOverriddenExactlyWhereThereAreRules(string set) =>
        Assert.All(await TwoAppsAsync(set), app =>
        {
            Assert.Equal(app.Scale.Rules.Length > 0, app.Scale.AllowScalingRuleOverride);
            Assert.Equal(set is not (ParameterSets.PlatformScaleRules or ParameterSets.FirstPass), app.Scale.AllowScalingRuleOverride);
        });

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task CustomRules_EverySet_UseTheIdentityOfTheirApp(string set) =>
        Assert.All(await TwoAppsAsync(set), app => Assert.All(app.Scale.Rules.Where(rule => rule.Custom is not null), rule =>
        {
            var identity = Assert.Single(app.Identity.UserAssignedIdentities).Key;
            Assert.Contains(Inner(rule.Custom!.Identity!), identity, StringComparison.Ordinal);
            Assert.Null(rule.Custom.Auth);
        }));

    [Fact]
    public async Task ScaleRules_OfEachApp_FollowTheirWork()
    {
        var snapshot = await Snapshot.GetAsync(ParameterSets.T4);

        Assert.Equal(
            ["http", $"queue-{StorageNames.IncomingEvents}", "durable-orchestration", "durable-activity"],
            snapshot.Api.Scale.Rules.Select(rule => rule.Name));
        var trainer = Assert.Single(snapshot.Trainer.Scale.Rules).Custom!;
        Assert.Equal("azure-durabletask-scheduler", trainer.Type);
        Assert.Equal("Activity", trainer.Metadata["workItemType"]);
        Assert.Equal("fashion", trainer.Metadata["taskhubName"]);
        var queue = snapshot.Api.Scale.Rules[1].Custom!.Metadata;
        Assert.Equal(StorageNames.IncomingEvents, queue["queueName"]);
        Assert.Equal(snapshot.Single(ResourceTypes.Storage).Name, queue["accountName"]);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Probes_EverySet_StayWithinTheLimitsOfContainerApps(string set) =>
        Assert.All(await TwoAppsAsync(set), app =>
        {
            string[] types = set == ParameterSets.FirstPass ? [] : ["Startup", "Readiness", "Liveness"];
            Assert.Equal(types, app.Container.Probes.Select(probe => probe.Type));
            Assert.All(app.Container.Probes, probe =>
            {
                // Limits of the REST API's ContainerAppProbe.
                Assert.InRange(probe.FailureThreshold, 1, 10);
                Assert.InRange(probe.PeriodSeconds, 1, 240);
                Assert.InRange(probe.TimeoutSeconds, 1, 240);
                Assert.Equal(app.Properties.Configuration.Ingress.TargetPort, probe.HttpGet.Port);
            });
        });

    [Fact]
    public async Task Images_FirstPass_ArePlaceholdersOnThePortOfTheApps()
    {
        Assert.All(await TwoAppsAsync(ParameterSets.FirstPass), app =>
        {
            Assert.StartsWith("mcr.microsoft.com/", app.Container.Image, StringComparison.Ordinal);
            Assert.Equal($"http://+:{app.Properties.Configuration.Ingress.TargetPort}", app.Setting("ASPNETCORE_URLS"));
        });
        Assert.Equal("registry.example/trainer:1", (await Snapshot.GetAsync(ParameterSets.T4)).Trainer.Container.Image);
    }

    private static async Task<IReadOnlyList<ContainerApp>> TwoAppsAsync(string set)
    {
        var apps = (await Snapshot.GetAsync(set)).Apps;
        Assert.Equal(2, apps.Count);
        return apps;
    }

    /// <summary>An expression without its brackets.</summary>
    private static string Inner(string expression) => expression.Trim('[', ']');
}
