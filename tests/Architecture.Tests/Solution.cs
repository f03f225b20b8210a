using System.Reflection;
using System.Xml.Linq;
using Mono.Cecil;

namespace ServerlessFashion.Architecture.Tests;

/// <summary>The projects of the product, read from their files and their built assemblies.</summary>
internal static class Solution
{
    private static readonly string[] Folders =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "Core")).Order(StringComparer.Ordinal),
        Path.Combine(Root, "Training"), Path.Combine(Root, "Hosting"), Path.Combine(Root, "Cli"), Path.Combine(Root, "Functions"),
    ];

    public static string Root => Metadata("Repository");

    /// <summary>By name, such as <c>Storage</c>.</summary>
    public static IReadOnlyDictionary<string, ProductProject> Projects { get; } =
        Folders.Select(folder => new ProductProject(folder, Metadata("Configuration"))).ToDictionary(project => project.Name);

    /// <summary>Paths relative to the repository of the C# files that people write.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static string Metadata(string key) =>
        typeof(Solution).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}

/// <summary>One project of the product.</summary>
internal sealed class ProductProject(string folder, string configuration)
{
    private readonly Lazy<AssemblyDefinition> _assembly = new(() => Read(folder, configuration));

    public string Name { get; } = Path.GetFileName(folder);

    /// <summary>The built assembly.</summary>
    public AssemblyDefinition Assembly => _assembly.Value;

    /// <summary>Names of the assemblies that it uses.</summary>
    public IEnumerable<string> AssemblyReferences => Assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);

    /// <summary>Names of the projects that the project file references.</summary>
    public IReadOnlyList<string> ProjectReferences { get; } =
    [
        .. XDocument.Load(Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    private static AssemblyDefinition Read(string folder, string configuration)
    {
        var name = Path.GetFileName(folder) == "Cli" ? "fashion" : $"ServerlessFashion.{Path.GetFileName(folder)}";
        return AssemblyDefinition.ReadAssembly(Path.Combine(folder, "bin", configuration, "net10.0", name + ".dll"));
    }
}
