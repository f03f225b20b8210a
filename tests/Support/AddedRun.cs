using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>Stores runs as a request does, with the status of the test's choice.</summary>
internal static class AddedRun
{
    public static RunStore StoreOn(FashionStorage storage) => new(storage, new RunDefinitions(storage));

    /// <param name="createdAt">Null for the beginning of 1970.</param>
    public static Task<RunRecord> AddAsync(
        this RunStore runs, string id, RunStatus status, RunDefinition definition, DateTimeOffset? createdAt = null) =>
        runs.CreateAsync(
            RunRecord.Of(id, status, createdAt ?? DateTimeOffset.UnixEpoch, definition.Configuration), definition,
            TestContext.Current.CancellationToken);
}
