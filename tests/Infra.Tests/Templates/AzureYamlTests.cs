using ServerlessFashion.Infra.Tests.Snapshots;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ServerlessFashion.Infra.Tests.Templates;

/// <summary><c>azure.yaml</c> fits the templates. An unknown key fails every test here.</summary>
public sealed class AzureYamlTests
{
    private static readonly Project Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .Build()
        .Deserialize<Project>(Repository.Read("azure.yaml"));

    [Fact]
    public void Infra_OfTheProject_IsTheMainTemplate()
    {
        Assert.Equal("bicep", Yaml.Infra.Provider);
        Assert.True(File.Exists(Repository.PathOf($"{Yaml.Infra.Path}/{Yaml.Infra.Module}.bicepparam")));
    }

    [Fact]
    public async Task Services_OfTheProject_AreTheTagsOfTheApps()
    {
        var apps = (await Snapshot.GetAsync(ParameterSets.T4)).Apps;

        Assert.Equal(Yaml.Services.Keys.Order(), apps.Select(app => app.Tags["azd-service-name"]).Order());
        Assert.All(Yaml.Services.Values, service => Assert.Equal("containerapp", service.Host));
    }

    [Fact]
    public void Dockerfiles_OfTheServices_AreInInfra()
    {
        Assert.Equal("infra/docker/api.Dockerfile", Yaml.Services["api"].Docker.Path);
        Assert.Equal("infra/docker/trainer.Dockerfile", Yaml.Services["trainer"].Docker.Path);
        Assert.All(Yaml.Services.Values, service => Assert.Equal((".", "."), (service.Project, service.Docker.Context)));
        Assert.All(Yaml.Services.Values, service => Assert.True(
            File.Exists(Repository.PathOf(service.Docker.Path)), $"azure.yaml: {service.Docker.Path} does not exist."));
    }

    [Fact]
    public async Task BuildArguments_OfTheTrainer_ComeFromAnOutputOfTheTemplate()
    {
        var argument = Assert.Single(Yaml.Services["trainer"].Docker.BuildArgs!);
        var outputs = (await Snapshot.GetAsync(ParameterSets.T4)).Outputs;

        Assert.Equal("TORCH=${FASHION_TORCH}", argument);
        Assert.Contains("FASHION_TORCH", outputs.Keys);
        Assert.Contains("\nARG TORCH", Repository.Read(Yaml.Services["trainer"].Docker.Path), StringComparison.Ordinal);
        // Earlier versions drop build arguments of remote builds: Azure/azure-dev issue 7990.
        Assert.Equal(">= 1.24.3", Yaml.RequiredVersions.Azd);
        Assert.True(Yaml.Services["trainer"].Docker.RemoteBuild);
    }

    [Fact]
    public async Task ApiVersion_OfEachService_IsThatOfTheTemplate()
    {
        var app = (await Snapshot.GetAsync(ParameterSets.T4)).Of(ResourceTypes.ContainerApp).First();

        Assert.All(Yaml.Services.Values, service => Assert.Equal(app.Json.GetProperty("apiVersion").GetString(), service.ApiVersion));
    }

    [Fact]
    public void Up_ProvisionsBeforeAndAfterPublishing() =>
        Assert.Equal(["provision", "publish --all", "provision"], Yaml.Workflows.Up.Steps.Select(step => step.Azd));

    public sealed class Project
    {
        public required string Name { get; init; }
        public required Versions RequiredVersions { get; init; }
        public required InfraSettings Infra { get; init; }
        public required WorkflowSettings Workflows { get; init; }
        public required Dictionary<string, Service> Services { get; init; }
    }

    public sealed class Versions
    {
        public required string Azd { get; init; }
    }

    public sealed class InfraSettings
    {
        public required string Provider { get; init; }
        public required string Path { get; init; }
        public required string Module { get; init; }
    }

    public sealed class WorkflowSettings
    {
        public required Workflow Up { get; init; }
    }

    public sealed class Workflow
    {
        public required List<WorkflowStep> Steps { get; init; }
    }

    public sealed class WorkflowStep
    {
        public required string Azd { get; init; }
    }

    public sealed class Service
    {
        public required string Project { get; init; }
        public required string Language { get; init; }
        public required string Host { get; init; }
        public required string ApiVersion { get; init; }
        public required DockerSettings Docker { get; init; }
    }

    public sealed class DockerSettings
    {
        public required string Path { get; init; }
        public required string Context { get; init; }
        public required string Platform { get; init; }
        public required bool RemoteBuild { get; init; }
        public List<string>? BuildArgs { get; init; }
    }
}
