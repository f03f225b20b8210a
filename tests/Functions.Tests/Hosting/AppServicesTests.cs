using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Functions.Http;
using ServerlessFashion.Functions.Trainer;

namespace ServerlessFashion.Functions.Tests.Hosting;

public sealed class AppServicesTests
{
    private static readonly ServiceProviderOptions Strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void AddApi_Services_HaveAllThatTheyNeed()
    {
        using var services = App().AddApi().BuildServiceProvider(Strict);

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void AddTrainer_Services_HaveAllThatTheyNeed()
    {
        using var services = App().AddTrainer().BuildServiceProvider(Strict);

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData(
        "FASHION_CREATE_STORAGE", "no",
        "FASHION_CREATE_STORAGE: expected true (create missing containers and tables) or false (all exist), found 'no'.")]
    [InlineData("FASHION_TRAINING_THREADS", "0", "FASHION_TRAINING_THREADS: expected a whole number from 1 to 1024, found '0'.")]
    [InlineData("FASHION_TRAINING_REPLICAS", "many", "FASHION_TRAINING_REPLICAS: expected a whole number from 1 to 1000, found 'many'.")]
    [InlineData("FASHION_DEVICE", "gpu", "FASHION_DEVICE: expected auto, cpu or cuda, found 'gpu'.")]
    public void Start_SettingThatCannotBeUsed_IsNamed(string setting, string value, string message)
    {
        using var services = App((setting, value)).AddApi().AddTrainer().BuildServiceProvider();

        Assert.Equal(
            message, Assert.Throws<InvalidInputException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Message);
    }

    /// <summary>Nothing listens at the address, so a request would fail.</summary>
    [Fact]
    public async Task Start_AppThatMayNotCreateStorage_AsksTheAccountNothing()
    {
        await using var services = App(
            ("AzureWebJobsStorage", "AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a"),
            ("FASHION_CREATE_STORAGE", "false")).BuildServiceProvider();

        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(Cancellation);
        }
    }

    [Fact]
    public void Settings_NestedName_IsFoundInTheConfiguration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage:accountName"] = "fashion" })
            .Build();

        Assert.Equal("fashion", ServerlessFashion.Storage.StorageOptions.Read(AppServices.SettingsOf(configuration)).AccountName);
    }

    private static IServiceCollection App(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
            .Build();
        return new ServiceCollection().AddLogging().AddCommon(configuration);
    }
}
