using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessFashion.Functions.Hosting;

namespace ServerlessFashion.Functions.Tests.Hosting;

public sealed class StorageRegistrationTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void AddFashionStorage_CreateStorage_DecidesWhetherTheAppCreatesIt(string? setting, bool creates) =>
        Assert.Equal(creates, Register(setting).Any(service => service.ServiceType == typeof(IHostedService)));

    [Fact]
    public void AddFashionStorage_CreateStorageIsNoTruthValue_SaysWhatWasExpected()
    {
        var error = Assert.Throws<InvalidInputException>(() => Register("no"));

        Assert.Equal(
            "FASHION_CREATE_STORAGE: expected true (create missing containers and tables) or false (all exist), found 'no'.",
            error.Message);
    }

    private static IServiceCollection Register(string? create) => new ServiceCollection().AddFashionStorage(
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                ["FASHION_CREATE_STORAGE"] = create,
            })
            .Build());
}
