using ServerlessFashion.Infra.Tests.Compiler;

namespace ServerlessFashion.Infra.Tests.Snapshots;

/// <summary>Runs <c>bicep snapshot</c> on <c>main.bicepparam</c>.</summary>
internal static class SnapshotCommand
{
    private static readonly string[] Target =
    [
        "--subscription-id", "00000000-0000-0000-0000-000000000001",
        "--tenant-id", "00000000-0000-0000-0000-000000000002",
        "--location", "swedencentral",
    ];

    public static Task<BicepResult> RunAsync(InfraCopy copy, IReadOnlyDictionary<string, string> variables) =>
        BicepCompiler.RunAsync(["snapshot", copy.PathOf("main.bicepparam"), .. Target], variables);
}
