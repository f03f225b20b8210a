using System.Collections.Concurrent;
using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class RegisteredSetsTests(AzuriteFixture azurite)
{
    /// <summary>Side 2048: 4 MiB an image and 8 images a blob, so that nine images need two blobs.</summary>
    private static readonly DatasetDescription Large = new()
    {
        Name = "large",
        Side = 2048,
        Channels = 1,
        Classes = ["a", "b"],
        TrainPerClass = [5, 4],
        TestPerClass = [],
        TrainCount = 9,
        TestCount = 0,
        Sha256 = "00",
        Preparation = new ImagePreparation(2048, 2048, IsGrey: true, Resampling.Area),
        Findings = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadImages_RowsOfTwoBlobs_AreGivenInTheOrderOfTheRows()
    {
        var storage = await azurite.NewStorageAsync();
        await WriteAsync(storage, isCompleted: true);
        var sets = new RegisteredSets(storage);

        var set = await sets.GetAsync("large", Stop);
        var images = await sets.ReadImagesAsync(set, DatasetPart.Train, [8, 2, 7, 2], Stop);

        Assert.Equal([8, 2, 7, 2], Enumerable.Range(0, 4).Select(i => (int)images[i * set.ImageBytes]));
        Assert.Equal([8, 2, 7, 2], Enumerable.Range(1, 4).Select(i => (int)images[(i * set.ImageBytes) - 1]));
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1, 0], (await sets.ReadLabelsAsync(set, DatasetPart.Train, Stop)).Select(label => (int)label));
        Assert.Empty(await sets.ReadLabelsAsync(set, DatasetPart.Test, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sets.ReadImagesAsync(set, DatasetPart.Train, [9], Stop));
    }

    /// <summary>A blob of 32 MiB in memory beside the images would add up over a large set.</summary>
    [Fact]
    public async Task ReadImages_WholePart_AreFetchedInPiecesOf4MiB()
    {
        var account = await azurite.NewAccountAsync();
        var pieces = new ConcurrentBag<long>();
        var options = new BlobClientOptions();
        options.AddPolicy(new RequestHook { When = request => Note(request.Headers) }, HttpPipelinePosition.PerCall);
        var storage = FashionStorage.Connect(account, options);
        await WriteAsync(storage, isCompleted: true);

        var images = await new RegisteredSets(storage).ReadImagesAsync(Large, DatasetPart.Train, [.. Enumerable.Range(0, 9)], Stop);

        Assert.Equal(Enumerable.Range(0, 9), Enumerable.Range(0, 9).Select(i => (int)images[i * Large.ImageBytes]));
        Assert.Equal((9, 4L << 20), (pieces.Count, pieces.Max()));

        // Such as "bytes=0-4194303".
        bool Note(RequestHeaders headers)
        {
            if (headers.TryGetValue("x-ms-range", out var range))
            {
                var ends = range["bytes=".Length..].Split('-').Select(end => long.Parse(end, CultureInfo.InvariantCulture)).ToArray();
                pieces.Add(ends[1] - ends[0] + 1);
            }

            return false;
        }
    }

    [Fact]
    public async Task Find_ImportThatDidNotEnd_GivesNothingAndIsSweptLater()
    {
        var storage = await azurite.NewStorageAsync();
        await WriteAsync(storage, isCompleted: false);
        var sets = new RegisteredSets(storage);

        Assert.Null(await sets.FindAsync("large", Stop));
        Assert.Empty(await sets.ListAsync(Stop));

        await sets.SweepAsync(DateTimeOffset.UtcNow - TimeSpan.FromHours(1), Stop);
        Assert.NotEmpty(await BlobsAsync(storage));
        await sets.SweepAsync(DateTimeOffset.UtcNow + TimeSpan.FromHours(1), Stop);
        Assert.Empty(await BlobsAsync(storage));
    }

    [Fact]
    public async Task Remove_RegisteredSet_LeavesNoBlobAndOtherSetsStay()
    {
        var storage = await azurite.NewStorageAsync();
        await WriteAsync(storage, isCompleted: true);
        await storage.Container(StorageNames.Datasets).GetBlobClient("large-2/dataset.json").UploadAsync(BinaryData.FromString("{}"), Stop);
        var sets = new RegisteredSets(storage);

        Assert.True(await sets.RemoveAsync("large", Stop));

        Assert.Equal(["large-2/dataset.json"], await BlobsAsync(storage));
        Assert.False(await sets.RemoveAsync("large", Stop));
    }

    [Fact]
    public async Task Remove_SetThatIsBeingWritten_IsRefused()
    {
        var storage = await azurite.NewStorageAsync();
        await using var writer = await RegisteredSetWriter.BeginAsync(storage, "large", replaces: false, TimeProvider.System, Stop);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new RegisteredSets(storage).RemoveAsync("large", Stop));

        Assert.Equal("dataset: another process is registering 'large'; try again when it has ended.", refused.Message);
    }

    [Fact]
    public async Task Get_UnknownName_SuggestsASimilarOne()
    {
        var storage = await azurite.NewStorageAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new RegisteredSets(storage).GetAsync("fashion-mnits", Stop));

        Assert.Equal("dataset: no data set 'fashion-mnits' is registered; did you mean fashion-mnist?", refused.Message);
    }

    private static async Task WriteAsync(FashionStorage storage, bool isCompleted)
    {
        await using var writer = await RegisteredSetWriter.BeginAsync(storage, Large.Name, replaces: false, TimeProvider.System, Stop);
        for (var chunk = 0; chunk < 2; chunk++)
        {
            var images = Enumerable.Range(chunk * 8, chunk == 0 ? 8 : 1);
            byte[] pixels = [.. images.SelectMany(image => Enumerable.Repeat((byte)image, Large.ImageBytes))];
            await writer.PutChunkAsync(DatasetPart.Train, chunk, pixels, Stop);
        }

        await writer.PutLabelsAsync(DatasetPart.Train, new byte[] { 0, 1, 0, 1, 0, 1, 0, 1, 0 }, Stop);
        if (isCompleted)
        {
            await writer.CompleteAsync(Large, Stop);
        }
    }

    private static async Task<List<string>> BlobsAsync(FashionStorage storage) =>
        await storage.Container(StorageNames.Datasets).GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Stop)
            .Select(blob => blob.Name).ToListAsync(Stop);
}
