using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServerlessFashion.Settings.Tests;

public sealed class SettingsServicesTests
{
    private static readonly Setting<int> Replicas = Setting.Number("REPLICAS", 1, 1, 10);

    private sealed record Options(int Replicas);

    [Fact]
    public void AddSettings_ValidSetting_GivesTheOptions() => Assert.Equal(
        7, Build("7").GetRequiredService<IOptions<Options>>().Value.Replicas);

    [Fact]
    public void AddSettings_InvalidSetting_FailsAtTheStartOfAHost() => Assert.Equal(
        "REPLICAS: expected a whole number from 1 to 10, found '11'.",
        Assert.Throws<InvalidInputException>(() => Build("11").GetRequiredService<IStartupValidator>().Validate()).Message);

    private static ServiceProvider Build(string text)
    {
        var services = new ServiceCollection().AddSingleton(new SettingSource(name => name == "REPLICAS" ? text : null));
        services.AddSettings(settings => new Options(settings.Get(Replicas)));
        return services.BuildServiceProvider();
    }
}
