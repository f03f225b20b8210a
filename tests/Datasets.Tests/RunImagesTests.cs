using ServerlessFashion.Data;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

public sealed class RunImagesTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_SetWithoutTestPart_GivesTheImagesOfTheRows()
    {
        var storage = await azurite.NewStorageAsync();
        var set = await StoredShapeSet.RegisterAsync(storage, ShapeSet.Discs, train: 60, test: 0, Stop);
        var drawn = ShapeSet.Draw(set, 60, seed: 1);
        var images = new RunImages(new DatasetStore(storage), new RegisteredSets(storage));
        var run = Define(set);

        var split = await images.ChooseAsync(run, Stop);
        var data = await images.LoadAsync(run, split, Stop);

        Assert.Equal((40, 10, 10), (data.Train.Count, data.Validation.Count, data.Test.Count));
        foreach (var part in (LabelledImages[])[data.Train, data.Validation, data.Test, await images.LoadTestAsync(run, split, Stop)])
        {
            Assert.Equal(drawn.Select(part.Ids).Pixels, part.Pixels);
            Assert.Equal(drawn.Select(part.Ids).Labels, part.Labels);
            Assert.Equal(new ImageShape(32, ImageShape.Colour), part.Shape);
        }
    }

    [Fact]
    public async Task Load_SetWithTestPart_TestsOnItsImages()
    {
        var storage = await azurite.NewStorageAsync();
        var set = await StoredShapeSet.RegisterAsync(storage, ShapeSet.Bars, train: 50, test: 20, Stop);
        var images = new RunImages(new DatasetStore(storage), new RegisteredSets(storage));
        var run = Define(set);

        var test = await images.LoadTestAsync(run, await images.ChooseAsync(run, Stop), Stop);

        Assert.Equal(ShapeSet.Draw(set, 20, seed: 2).Pixels, test.Pixels);
    }

    [Fact]
    public async Task Choose_SetThatChangedSinceTheRunWasMade_IsRefused()
    {
        var storage = await azurite.NewStorageAsync();
        var set = await StoredShapeSet.RegisterAsync(storage, ShapeSet.Bars, train: 50, test: 0, Stop);
        var images = new RunImages(new DatasetStore(storage), new RegisteredSets(storage));
        var run = Define(set) with { DataSha256 = "00" };

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => images.ChooseAsync(run, Stop));

        Assert.Equal($"data: the run was made for the data set with SHA-256 00, found {set.Sha256}.", refused.Message);
    }

    [Fact]
    public async Task FindTest_SetThatIsThere_GivesTheImages()
    {
        var storage = await azurite.NewStorageAsync();
        var set = await StoredShapeSet.RegisterAsync(storage, ShapeSet.Bars, train: 50, test: 20, Stop);
        var images = new RunImages(new DatasetStore(storage), new RegisteredSets(storage));

        var (test, missing) = await images.FindTestAsync(Define(set), await images.ChooseAsync(Define(set), Stop), Stop);

        Assert.Equal((20, null), (test.Count, missing));
    }

    [Theory]
    [InlineData(true, "The data set bars has been removed since the run.")]
    [InlineData(false, "The data set bars has been replaced since the run.")]
    public async Task FindTest_SetThatIsGone_SaysWhy(bool isRemoved, string expected)
    {
        var storage = await azurite.NewStorageAsync();
        var set = await StoredShapeSet.RegisterAsync(storage, ShapeSet.Bars, train: 50, test: 20, Stop);
        var images = new RunImages(new DatasetStore(storage), new RegisteredSets(storage));
        var run = Define(set);
        var split = await images.ChooseAsync(run, Stop);
        if (isRemoved)
        {
            await new RegisteredSets(storage).RemoveAsync(set.Name, Stop);
        }

        var (test, missing) = await images.FindTestAsync(isRemoved ? run : run with { DataSha256 = "00" }, split, Stop);

        Assert.Equal((0, expected), (test.Count, missing));
    }

    private static RunDefinition Define(DatasetDescription set) =>
        Presets.Configure(new ComparisonOptions { Dataset = set.Name }, _ => 1, set);
}
