using System.Text.Json;
using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class EnvironmentTests
{
    public static TheoryData<string> Sets => [.. ParameterSets.Names];

    [Theory]
    [InlineData(ParameterSets.T4, "Consumption", "Consumption-GPU-NC8as-T4")]
    [InlineData(ParameterSets.A100, "Consumption", "Consumption-GPU-NC24-A100")]
    [InlineData(ParameterSets.Cpu, "Consumption")]
    public async Task WorkloadProfiles_WithEachGpuProfile_HaveNameAndTypeOnly(string set, params string[] types)
    {
        var profiles = (await Snapshot.GetAsync(set)).Properties<EnvironmentProperties>(ResourceTypes.Environment).WorkloadProfiles;

        Assert.Equal(types, profiles.Select(profile => profile["workloadProfileType"].GetString()));
        Assert.All(profiles, profile => Assert.Equal(["name", "workloadProfileType"], profile.Keys.Order()));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Logs_EverySet_GoByDiagnosticSettings(string set)
    {
        var snapshot = await Snapshot.GetAsync(set);
        var environment = snapshot.Single(ResourceTypes.Environment);

        Assert.Equal("azure-monitor", environment.Properties<EnvironmentProperties>().AppLogsConfiguration.Destination);
        Assert.Contains(
            snapshot.Of(ResourceTypes.DiagnosticSetting), setting => setting.Id.StartsWith(environment.Id + "/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Telemetry_EverySet_RefusesKeys(string set)
    {
        var snapshot = await Snapshot.GetAsync(set);

        Assert.True(snapshot.Single(ResourceTypes.Insights).Json.GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(snapshot.Properties<Workspace>(ResourceTypes.Workspace).Features.DisableLocalAuth);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Registry_EverySet_HasNoAdminAndNoAnonymousPull(string set)
    {
        var registry = (await Snapshot.GetAsync(set)).Properties<Registry>(ResourceTypes.Registry);

        Assert.False(registry.AdminUserEnabled);
        Assert.False(registry.AnonymousPullEnabled);
        Assert.Equal("LegacyRegistryPermissions", registry.RoleAssignmentMode);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Outputs_EverySet_HoldNoSecret(string set)
    {
        var snapshot = await Snapshot.GetAsync(set);

        Assert.DoesNotContain("listKeys", snapshot.Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(snapshot.Outputs, output =>
            Assert.DoesNotMatch("(?i)key|secret|password|token|connectionstring|credential", output.Key + output.Value));
    }

    [Theory]
    [InlineData(ParameterSets.T4, "cuda")]
    [InlineData(ParameterSets.A100, "cuda")]
    [InlineData(ParameterSets.Cpu, "cpu")]
    public async Task TorchOutput_WithEachGpuProfile_SelectsTheImage(string set, string torch) =>
        Assert.Equal(torch, (await Snapshot.GetAsync(set)).Outputs["FASHION_TORCH"]);

    internal sealed record EnvironmentProperties(Dictionary<string, JsonElement>[] WorkloadProfiles, LogDestination AppLogsConfiguration);

    internal sealed record LogDestination(string Destination);

    internal sealed record Workspace(WorkspaceFeatures Features);

    internal sealed record WorkspaceFeatures(bool DisableLocalAuth);

    internal sealed record Registry(bool AdminUserEnabled, bool AnonymousPullEnabled, string RoleAssignmentMode);
}
