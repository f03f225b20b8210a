namespace ServerlessFashion.Architecture.Tests;

/// <summary>Classes get the stores that they use in their constructors; composition roots make them.</summary>
public sealed class CompositionTests
{
    /// <summary>Types that keep things in storage, and types that exist once in a process.</summary>
    private static readonly string[] Stores =
    [
        "FashionStorage", "RunStore", "RunDefinitions", "RunFolder", "RunFolders", "RunBlobs", "RunLocks", "EpochMetrics", "ModelRegistry",
        "CheckpointStore", "DatasetStore", "RegisteredSets", "DatasetImporter",
        "PredictionLog", "ClassifierCache", "StepRegistry", "TrainingDevices",
    ];

    /// <summary>Opens folders and checkpoints for one run; connects by the text of a setting.</summary>
    private static readonly string[] Factories = ["RunFolders", "FashionStorage"];

    public static TheoryData<string> Projects => [.. Solution.Projects.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Code_OutsideCompositionRoots_ConstructsNoStore(string project)
    {
        var types = Solution.Projects[project].Assembly.MainModule.Types
            .Where(type => Names.IsWritten(type) && !Names.IsRegistration(type) && !Factories.Contains(type.Name));
        var found =
            from type in types
            from constructor in UsedTypes.ConstructionsOf(type)
            where Stores.Contains(constructor.DeclaringType.Name)
            select $"{type.FullName} constructs {constructor.DeclaringType.Name}";

        Assert.True(!found.Any(), $"Take it in the constructor instead: {string.Join("; ", found.Distinct())}.");
    }
}
