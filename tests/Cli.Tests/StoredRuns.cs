using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests;

/// <summary>Runs that a test stores itself.</summary>
internal static class StoredRuns
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Stores a run of preset smoke and gives the table that it is in.</summary>
    public static async Task<RunStore> AddAsync(string account, string id, RunStatus status, int epochs, params string[] models)
    {
        var connected = FashionStorage.Connect(account);
        await connected.EnsureCreatedAsync(Cancellation);
        var runs = AddedRun.StoreOn(connected);
        var options =
            new ComparisonOptions { Preset = "smoke", Models = models, Epochs = models.ToDictionary(model => model, _ => epochs) };
        await runs.AddAsync(id, status, Presets.Configure(options, _ => 1), TimeProvider.System.GetUtcNow());
        return runs;
    }
}
