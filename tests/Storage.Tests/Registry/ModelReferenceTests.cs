using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests.Registry;

public sealed class ModelReferenceTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("champion")]
    [InlineData("run/a")]
    [InlineData("run/a/seed-1")]
    public async Task Find_KnownModel_IsFound(string text)
    {
        var storage = await azurite.NewStorageAsync();
        var registry = new ModelRegistry(storage, TimeProvider.System);
        await registry.PromoteAsync(
            await RegisteredModel.AddAsync(storage, registry, "run", "a"), PromotionCause.Hand, "", null, Cancellation);

        Assert.Equal("run/a/seed-1", (await ModelReference.FindAsync(registry, text, Cancellation)).Id);
    }

    [Theory]
    [InlineData("champion", "there is no champion yet")]
    [InlineData("run", "expected champion, RUN/MODEL or RUN/MODEL/seed-N, found 'run'")]
    [InlineData("run/", "expected champion")]
    [InlineData("run/a/1", "expected champion")]
    [InlineData("run/a/seed-x", "expected champion")]
    [InlineData("run/a", "run 'run' has no trained model 'a'")]
    [InlineData("run/a/seed-2", "run/a/seed-2 is not in the registry")]
    public async Task Find_UnknownModel_SaysWhy(string text, string reason)
    {
        var registry = new ModelRegistry(await azurite.NewStorageAsync(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => ModelReference.FindAsync(registry, text, Cancellation));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
