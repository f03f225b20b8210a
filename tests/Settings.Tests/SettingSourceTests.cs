namespace ServerlessFashion.Settings.Tests;

public sealed class SettingSourceTests
{
    private static readonly Setting<string?> Data = Setting.Text("FASHION_DATA");
    private static readonly Setting<string?> Other = Setting.Text("OTHER");

    private readonly SettingSource _settings = new(name => name == "FASHION_DATA" ? "/from/environment" : null);

    [Fact]
    public void With_Value_TakesPrecedenceForItsSettingAlone()
    {
        var settings = _settings.With("FASHION_DATA", "/from/option").With("OTHER", "there");

        Assert.Equal(("/from/option", "there"), (settings.Get(Data), settings.Get(Other)));
    }

    [Fact]
    public void With_Null_KeepsTheValue() => Assert.Equal("/from/environment", _settings.With("FASHION_DATA", null).Get(Data));
}
