using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public class RunFolderTests(AzuriteFixture azurite)
{
    private static readonly RunEnvironment First = new("Debian 12", "EPYC", 2, 7.6, ".NET 10", "1.0", "libtorch 2.10");
    private static readonly RunEnvironment Second = First with { Processor = "Xeon" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddEnvironment_TwoTrainingsOnTwoMachines_EachHasItsOwnAndTheRunTheFirst()
    {
        var folder = new RunFolder(await azurite.NewStorageAsync(), "run");

        await folder.AddEnvironmentAsync("model1", 1, First, Cancellation);
        await folder.AddEnvironmentAsync("model3", 1, Second, Cancellation);

        Assert.Equal([First], (await folder.GetEnvironmentsAsync("model1", 1, Cancellation)).Environments);
        Assert.Equal([Second], (await folder.GetEnvironmentsAsync("model3", 1, Cancellation)).Environments);
        Assert.Equal(First, await folder.FindEnvironmentAsync(Cancellation));
    }

    [Fact]
    public async Task AddEnvironment_TrainingThatMovesAndComesBack_ListsEachMachineOnce()
    {
        var folder = new RunFolder(await azurite.NewStorageAsync(), "run");

        await folder.AddEnvironmentAsync("model1", 1, First, Cancellation);
        await folder.AddEnvironmentAsync("model1", 1, Second, Cancellation);
        await folder.AddEnvironmentAsync("model1", 1, First, Cancellation);

        Assert.Equal([First, Second], (await folder.GetEnvironmentsAsync("model1", 1, Cancellation)).Environments);
        Assert.Empty((await folder.GetEnvironmentsAsync("model3", 1, Cancellation)).Environments);
    }
}
