using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Chaos.Faults;

/// <summary>
/// A run that is killed after its second epoch, and one bit of whose newest checkpoint flips. The resumed run must name the damage, set
/// the damaged file aside, go on from the checkpoint before it, and end with the same bits.
/// </summary>
internal sealed class FlippedBitRun(UndisturbedRun reference, ExperimentSetup setup)
{
    private const int EpochsBeforeKill = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var container = FashionStorage.Connect(storage.Emulator.ConnectionString).Container(StorageNames.Runs);
        var run = await StartAndKillAsync(storage, cancellation);
        var folder = StorageNames.TrainingFolder(run, Recipe.Short.Model, 1) + "checkpoints/";
        var newest = await FlipAsync(container, folder, cancellation);

        await using var resumed = storage.Resume(run);
        setup.Tally.Count("flipped bits");
        if (!await setup.Tally.CheckDoneAsync("resume with a flipped bit", resumed, Limit, cancellation))
        {
            return;
        }

        await setup.Tally.CheckBitsAsync("flipped bit", storage.Emulator.ConnectionString, run, reference.Files, cancellation);
        var name = Path.GetFileName(newest);
        var sentence = resumed.Errors.Concat(resumed.Output).FirstOrDefault(line => line.Contains(name, StringComparison.Ordinal));
        var isNamed = sentence is not null;
        var isKept = await container.GetBlobClient($"{folder}damaged/{name}").ExistsAsync(cancellation);
        setup.Tally.Count("flipped bits that were named", isNamed ? 1 : 0);
        setup.Tally.Count("damaged checkpoints that were set aside", isKept ? 1 : 0);
        if (!isNamed || !isKept)
        {
            setup.Tally.Lose($"flipped bit: {name} was {(isNamed ? "" : "not ")}named and {(isKept ? "" : "not ")}set aside");
        }

        setup.Tally.Say(sentence ?? $"{name} was not named");
    }

    /// <summary>Kills the run when its second epoch is committed.</summary>
    private static async Task<string> StartAndKillAsync(ScratchStorage storage, CancellationToken cancellation)
    {
        var proxy = await storage.AddProxyAsync();
        var committed = 0;
        proxy.Rule = async call =>
        {
            var answer = await call.ForwardAsync();
            if (call.Name.StartsWith("PUT pointer", StringComparison.Ordinal) && Interlocked.Increment(ref committed) == EpochsBeforeKill)
            {
                // The answer never arrives, so the worker cannot commit another epoch before it is killed.
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            await call.ReplyAsync(answer);
        };
        await using var worker = storage.Start(Recipe.Short.Arguments, proxy);
        var run = await worker.WaitForRunAsync(cancellation);
        while (Volatile.Read(ref committed) < EpochsBeforeKill)
        {
            await Task.Delay(Poll, cancellation);
        }

        Processes.KillTree(worker.Id);
        return run;
    }

    /// <summary>Flips a random bit of the newest checkpoint through the storage, as a failing disk would.</summary>
    private async Task<string> FlipAsync(BlobContainerClient container, string folder, CancellationToken cancellation)
    {
        var pointer = (await container.GetBlobClient(folder + "pointer.json").DownloadContentAsync(cancellation)).Value.Content
            .ToObjectFromJson<CheckpointPointer>(Serialization.Json.Compact)!;
        var blob = container.GetBlobClient(pointer.Latest);
        var content = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
        content[setup.Random.Next(content.Length)] ^= (byte)(1 << setup.Random.Next(8));
        await blob.UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions(), cancellation);
        return pointer.Latest;
    }
}
