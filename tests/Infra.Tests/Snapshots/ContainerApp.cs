using System.Text.Json;

namespace ServerlessFashion.Infra.Tests.Snapshots;

internal sealed record ContainerApp(
    string Name, string Kind, Dictionary<string, string> Tags, ContainerApp.ManagedIdentity Identity, ContainerApp.AppProperties Properties)
{
    public AppTemplate Template => Properties.Template;

    public AppContainer Container => Assert.Single(Template.Containers);

    public AppScale Scale => Template.Scale;

    /// <summary>The value of one environment variable.</summary>
    public string Setting(string name) => Assert.Single(Container.Env, variable => variable.Name == name).Value!;

    public bool HasSetting(string name) => Container.Env.Any(variable => variable.Name == name);

    internal sealed record ManagedIdentity(string Type, Dictionary<string, JsonElement> UserAssignedIdentities);

    internal sealed record AppProperties(string WorkloadProfileName, AppConfiguration Configuration, AppTemplate Template);

    internal sealed record AppConfiguration(
        string ActiveRevisionsMode, AppIngress Ingress, AppRegistry[] Registries, JsonElement[]? Secrets);

    internal sealed record AppIngress(bool External, int TargetPort, bool AllowInsecure);

    internal sealed record AppRegistry(string Identity, string? PasswordSecretRef);

    internal sealed record AppTemplate(int TerminationGracePeriodSeconds, AppContainer[] Containers, AppScale Scale);

    internal sealed record AppContainer(string Image, AppResources Resources, Variable[] Env, Probe[] Probes);

    internal sealed record AppResources(int Cpu, string Memory);

    internal sealed record Variable(string Name, string? Value, string? SecretRef);

    internal sealed record Probe(string Type, ProbeRequest HttpGet, int PeriodSeconds, int TimeoutSeconds, int FailureThreshold);

    internal sealed record ProbeRequest(string Path, int Port);

    internal sealed record AppScale(int MinReplicas, int MaxReplicas, bool AllowScalingRuleOverride, ScaleRule[] Rules);

    internal sealed record ScaleRule(string Name, CustomRule? Custom, JsonElement? Http);

    internal sealed record CustomRule(string Type, string? Identity, Dictionary<string, string> Metadata, JsonElement? Auth);
}
