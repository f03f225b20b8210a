using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Client;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Datasets;
using ServerlessFashion.Devices;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Tests.Composition;

public sealed class CommandServicesTests
{
    private static readonly CommandOptions Options = new(
        "DefaultEndpointsProtocol=http", AppContext.BaseDirectory, DeviceChoice.Cpu, Json: true, Verbose: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Register_ServicesOfACommandOrAServer_HaveAllThatTheyNeed(bool server)
    {
        var services = CommandServices.Register(
            Options, NullLoggerFactory.Instance, null, server ? ServerRegistration.AddServer : null, CancellationToken.None);

        using var built = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.NotNull(built.GetService<IServiceProviderIsService>());
    }

    [Fact]
    public async Task Build_OptionsOfTheCommandLine_AreSettings()
    {
        await using var services = CommandServices.Build(Options, NullLoggerFactory.Instance, null, null, CancellationToken.None);

        Assert.Equal("DefaultEndpointsProtocol=http", services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);
        Assert.Equal(AppContext.BaseDirectory, services.GetRequiredService<IOptions<DatasetOptions>>().Value.Data);
        Assert.Equal(DeviceChoice.Cpu, services.GetRequiredService<TrainingMachine>().Device(null));
    }

    [Fact]
    public async Task Build_Server_IsItsOwnHostOfComparisons()
    {
        await using var services = CommandServices.Build(
            Options with { Storage = "UseDevelopmentStorage=true" }, NullLoggerFactory.Instance, null,
            added => added.AddSingleton(FashionStorage.Connect("UseDevelopmentStorage=true")).AddServer(), CancellationToken.None);

        Assert.Same(services.GetRequiredService<RunQueue>(), services.GetRequiredService<IComparisonHost>());
    }

    [Fact]
    public async Task Build_CommandThatUsesAServer_PrintsWhatItWaitsFor()
    {
        var server = ServerOptions.Read(
            SettingSource.Environment.With(ServerOptions.AddressSetting, "https://fashion.test"), keyFile: null);

        await using var services = CommandServices.Build(
            Options with { Server = server }, NullLoggerFactory.Instance, null, null, CancellationToken.None);

        Assert.NotNull(services.GetService<IProgress<ServerNotice>>());
    }
}
