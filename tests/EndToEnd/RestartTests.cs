using System.Globalization;
using Azure.Storage.Blobs.Models;

namespace ServerlessFashion.EndToEnd;

/// <summary>Only where the server is ours to kill.</summary>
public sealed class RestartTests(ServedSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_KilledInATraining_GoesOnAfterItsStartWithoutRepeatingAnything()
    {
        RequireOurs();
        await system.FinishedRunAsync();
        await system.UploadAsync("before-the-kill.csv", BinaryData.FromString(Images.Csv(3)));
        await system.WaitForBlobAsync("predictions", "before-the-kill.csv.summary.json");
        var predictedBefore = await TagAsync("before-the-kill.csv.csv");

        var id = await system.StartRunAsync("""{"preset": "smoke", "models": ["model1"], "epochs": {"model1": 25}}""");
        await system.WaitForRunAsync(id, run => run.GetProperty("models")[0].GetProperty("epoch").GetInt32() >= 3);
        var before = await system.EpochRowsAsync(id);
        var checkpointsBefore = await CheckpointsAsync(id);
        await system.RestartServerAsync();
        var completed = await system.WaitForStatusAsync(id, "completed");
        var after = await system.EpochRowsAsync(id);

        Assert.Equal(25, after.Count);
        Assert.InRange(before.Count, 3, 24);
        // Each row holds its epoch's wall time: an epoch that was trained again would differ.
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal("model1", completed.GetProperty("winner").GetString());
        // Of checkpoints two stay: the last epoch's and the best one's; what is older is the one that stood before the kill.
        var kept = await CheckpointsAsync(id);
        Assert.Contains(kept, name => Epoch(name) == 25);
        Assert.All(kept.Where(name => checkpointsBefore.Max(Epoch) >= Epoch(name)), name => Assert.Contains(name, checkpointsBefore));
        Assert.Equal(predictedBefore, await TagAsync("before-the-kill.csv.csv"));
    }

    [Fact]
    public async Task Server_AfterTrainingAndPrediction_HasNotLoadedTheTrainingLibrary()
    {
        RequireOurs();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await system.FinishedRunAsync();
        await system.SendAsync(
            HttpMethod.Post, "predictions", new StringContent(Images.Csv(1), System.Text.Encoding.UTF8, "text/csv"),
            System.Net.HttpStatusCode.OK);

        var maps = await File.ReadAllTextAsync($"/proc/{system.Server.ProcessId}/maps", Cancellation);

        Assert.Contains("onnxruntime", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", maps, StringComparison.OrdinalIgnoreCase);
    }

    private void RequireOurs()
    {
        system.Require();
        Assert.SkipUnless(system.IsOurs, "The server was started by somebody else.");
    }

    private async Task<string> TagAsync(string name) =>
        (await system.Blobs.GetBlobContainerClient("predictions").GetBlobClient(name)
            .GetPropertiesAsync(cancellationToken: Cancellation)).Value.ETag.ToString();

    private async Task<List<string>> CheckpointsAsync(string id)
    {
        var prefix = $"{id}/model1/seed-1/checkpoints/epoch-";
        var names = new List<string>();
        var checkpoints = new GetBlobsOptions { Prefix = prefix };
        await foreach (var blob in system.Blobs.GetBlobContainerClient("runs").GetBlobsAsync(checkpoints, Cancellation))
        {
            names.Add(blob.Name[prefix.Length..]);
        }

        return names;
    }

    private static int Epoch(string checkpoint) => int.Parse(checkpoint.Split('-')[0], CultureInfo.InvariantCulture);
}
