using System.Text.Json;
using Azure.Storage.Blobs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class SentSourcesTests(AzuriteFixture azurite)
{
    /// <summary>The content determines the format, whatever the name says.</summary>
    private const string Pets = "label,pixel0,pixel1,pixel2,pixel3\ncat,1,2,3,4\ndog,5,6,7,8\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_Source_RegistersTheSetAndTakesTheSourceAway()
    {
        var (test, sources, container) = await CreateAsync();
        await PutAsync(container, Pets);

        Assert.Equal(["pets"], (await sources.ListAsync(Cancellation)).Select(source => source.Name));
        var outcome = await sources.ImportAsync("pets", Cancellation);

        Assert.Equal(["cat", "dog"], outcome!.Set!.Classes);
        Assert.Equal(["fashion-mnist", "pets"], (await test.Application.Datasets.ListAsync(Cancellation)).Select(set => set.Name));
        Assert.Empty(await sources.ListAsync(Cancellation));
        Assert.Null(await sources.ImportAsync("pets", Cancellation));
    }

    [Fact]
    public async Task Import_SourceThatIsNoSet_IsTriedOnceAndTellsWhy()
    {
        var (test, sources, container) = await CreateAsync();
        await PutAsync(container, "label,pixel0,pixel1,pixel2,pixel3\ncat,1,2,3,4\n");

        var outcome = await sources.ImportAsync("pets", Cancellation);
        var again = await sources.ImportAsync("pets", Cancellation);

        const string Reason = "datasets/pets/source.zip: it has one class, 'cat'; a classifier needs two or more.";
        Assert.Equal(Reason, outcome!.Error);
        Assert.Null(again);
        var error = (await container.GetBlobClient("pets/source.error.json").DownloadContentAsync(Cancellation)).Value.Content;
        Assert.Equal(Reason, JsonDocument.Parse(error).RootElement.GetProperty("error").GetString());
        Assert.Equal(["fashion-mnist"], (await test.Application.Datasets.ListAsync(Cancellation)).Select(set => set.Name));

        await PutAsync(container, Pets);
        Assert.NotNull((await sources.ImportAsync("pets", Cancellation))!.Set);
        Assert.False(await container.GetBlobClient("pets/source.error.json").ExistsAsync(Cancellation));
    }

    [Theory]
    [InlineData("My Pets/source.zip", "My Pets", "My Pets/source.error.json")]
    [InlineData("pets/train/source.zip", "pets/train", "pets/train/source.error.json")]
    [InlineData("source.zip", "", "source.error.json")]
    public async Task Import_FolderThatNamesNoSet_IsRefusedOnceBesideTheSource(string blob, string name, string error)
    {
        var (_, sources, container) = await CreateAsync();
        await container.GetBlobClient(blob).UploadAsync(BinaryData.FromString(Pets), Cancellation);

        Assert.Equal([name], (await sources.ListAsync(Cancellation)).Select(source => source.Name));
        var outcome = await sources.ImportAsync(name, Cancellation);

        Assert.Equal(
            "name: expected 1 to 63 lower-case letters, digits and hyphens that begin with a letter or a digit, "
            + $"found '{name}'.",
            outcome!.Error);
        Assert.True(await container.GetBlobClient(error).ExistsAsync(Cancellation));
        Assert.True(await container.GetBlobClient(blob).ExistsAsync(Cancellation));
        Assert.Null(await sources.ImportAsync(name, Cancellation));
    }

    [Fact]
    public async Task Import_NameThatIsRegistered_LeavesTheRegisteredSet()
    {
        var (test, sources, container) = await CreateAsync();
        await PutAsync(container, Pets);
        var first = (await sources.ImportAsync("pets", Cancellation))!.Set!;
        await PutAsync(container, Pets.Replace("cat", "cow", StringComparison.Ordinal));

        var outcome = await sources.ImportAsync("pets", Cancellation);

        Assert.StartsWith("name: a data set 'pets' is registered already", outcome!.Error, StringComparison.Ordinal);
        Assert.Equal(first.Sha256, (await test.Application.Datasets.GetAsync("pets", Cancellation)).Sha256);
    }

    [Theory]
    [InlineData("pets/source.zip", "pets")]
    [InlineData("pets/train/source.zip", "pets/train")]
    [InlineData("My Pets/source.zip", "My Pets")]
    [InlineData("source.zip", "")]
    [InlineData("pets/resource.zip", null)]
    [InlineData("pets/dataset.json", null)]
    public void FindName_Blob_IsTheFolderOfASource(string blob, string? expected) => Assert.Equal(expected, SentSources.FindName(blob));

    private async Task<(TestApplication Test, SentSources Sources, BlobContainerClient Container)> CreateAsync()
    {
        var test = await TestApplication.CreateAsync(azurite);
        var sources = new SentSources(test.Storage, test.Application.Datasets, test.Time);
        return (test, sources, test.Storage.Container(StorageNames.Datasets));
    }

    private static async Task PutAsync(BlobContainerClient container, string content) =>
        await container.GetBlobClient("pets/source.zip").UploadAsync(BinaryData.FromString(content), overwrite: true, Cancellation);
}
