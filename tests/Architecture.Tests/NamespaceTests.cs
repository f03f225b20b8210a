namespace ServerlessFashion.Architecture.Tests;

/// <summary>The namespaces inside a project depend on each other in one direction.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Rooms => [.. Solution.Projects.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Namespaces_OfAProject_FormNoCycle(string project)
    {
        var arrows = ArrowsOf(Solution.Projects[project]);
        while (arrows.FirstOrDefault(entry => !entry.Value.Any(arrows.ContainsKey)) is { Key: { } free })
        {
            arrows.Remove(free);
        }

        var cycle = arrows.Select(entry => $"{entry.Key} -> {string.Join(", ", entry.Value.Where(arrows.ContainsKey))}");
        Assert.True(arrows.Count == 0, $"{project}: namespaces use each other: {string.Join("; ", cycle)}.");
    }

    /// <summary>Registration knows every namespace of its room, so it does not count.</summary>
    private static Dictionary<string, HashSet<string>> ArrowsOf(ProductProject project)
    {
        var module = project.Assembly.MainModule;
        var arrows = new Dictionary<string, HashSet<string>>();
        foreach (var type in module.Types.Where(type => Names.IsWritten(type) && !Names.IsRegistration(type)))
        {
            var used = UsedTypes.Of(type).Where(one => one.Scope == module).Select(one => one.Namespace);
            arrows.TryAdd(type.Namespace, []);
            arrows[type.Namespace].UnionWith(used.Where(name => name.Length > 0 && name != type.Namespace));
        }

        return arrows;
    }
}
