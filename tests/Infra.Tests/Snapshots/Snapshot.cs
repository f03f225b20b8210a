using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessFashion.Infra.Tests.Compiler;

namespace ServerlessFashion.Infra.Tests.Snapshots;

/// <summary>What <c>bicep snapshot</c> predicts for one parameter set, without any access to Azure.</summary>
/// <param name="Text">The whole snapshot as JSON.</param>
internal sealed record Snapshot(string Text, IReadOnlyList<Resource> Resources, IReadOnlyDictionary<string, string> Outputs)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Snapshot>>> Known = [];

    public IReadOnlyList<ContainerApp> Apps => [.. Of(ResourceTypes.ContainerApp).Select(app => app.As<ContainerApp>())];

    public ContainerApp Api => App("api");

    public ContainerApp Trainer => App("trainer");

    public IReadOnlyList<RoleAssignment> Roles => [.. Of(ResourceTypes.RoleAssignment).Select(RoleAssignment.From)];

    /// <summary>The snapshot of one of <see cref="ParameterSets"/>, computed once. Skips the test where there is no compiler.</summary>
    public static Task<Snapshot> GetAsync(string parameterSet)
    {
        BicepCompiler.Require();
        return Known.GetOrAdd(parameterSet, name => new(() => CreateAsync(ParameterSets.Variables(name)))).Value;
    }

    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    public Resource Single(string type) => Assert.Single(Of(type));

    /// <summary>Properties of the only resource of a type.</summary>
    public T Properties<T>(string type) => Single(type).Properties<T>();

    private ContainerApp App(string service) => Assert.Single(Apps, app => app.Tags["azd-service-name"] == service);

    private static async Task<Snapshot> CreateAsync(IReadOnlyDictionary<string, string> variables)
    {
        using var copy = new InfraCopy();
        var result = await SnapshotCommand.RunAsync(copy, variables);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return Parse(await File.ReadAllTextAsync(copy.PathOf("main.snapshot.json")));
    }

    private static Snapshot Parse(string text)
    {
        var root = JsonDocument.Parse(text).RootElement;
        Assert.Empty(root.GetProperty("diagnostics").EnumerateArray());
        return new(
            text,
            [.. root.GetProperty("predictedResources").EnumerateArray().Select(Resource.From)],
            root.GetProperty("outputs").EnumerateObject().ToDictionary(output => output.Name, output => output.Value.ToString()));
    }
}
