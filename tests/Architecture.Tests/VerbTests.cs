namespace ServerlessFashion.Architecture.Tests;

/// <summary>Verbs speak to the application and not to what lies below it.</summary>
public sealed class VerbTests
{
    private static readonly string[] Allowed =
    [
        "fashion", "ServerlessFashion.Application", "ServerlessFashion.Domain", "Spectre.Console", "System.CommandLine",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    [Fact]
    public void Verbs_UsedAssemblies_AreTheApplicationTheDomainAndTheTerminal()
    {
        var module = Solution.Projects["Cli"].Assembly.MainModule;
        var found =
            from type in module.Types
            where type.Namespace == "ServerlessFashion.Cli.Verbs"
            from used in UsedTypes.Of(type)
            let assembly = used.Scope == module ? "fashion" : used.Scope.Name
            where !Allowed.Contains(assembly) && !IsFramework(assembly)
            select $"{type.Name} uses {used.FullName}";

        Assert.True(!found.Any(), $"Ask the application instead: {string.Join("; ", found.Distinct())}.");
    }

    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) && assembly != "System.CommandLine";
}
