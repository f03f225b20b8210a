namespace ServerlessFashion.Settings.Tests;

public sealed class SettingTests
{
    private enum Device
    {
        Auto,
        Cpu,
        Cuda,
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("", 3)]
    [InlineData("1", 1)]
    [InlineData("64", 64)]
    public void Read_NumberOrNothing_IsTheNumberOrTheDefault(string? text, int expected) =>
        Assert.Equal(expected, Setting.Number("FASHION_COUNT", 3, 1, 64).Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    public void Read_NotANumberInTheRange_NamesTheSettingAndTheRange(string text) => Assert.Equal(
        $"FASHION_COUNT: expected a whole number from 1 to 64, found '{text}'.", Message(Setting.Number("FASHION_COUNT", 3, 1, 64), text));

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("", true)]
    public void Read_Switch_IsReadInAnyCase(string text, bool expected) =>
        Assert.Equal(expected, Setting.Switch("FASHION_CREATE", true, "create", "all exist").Read(text));

    [Fact]
    public void Read_SwitchThatIsNeither_SaysWhatBothMean() => Assert.Equal(
        "FASHION_CREATE: expected true (create) or false (all exist), found 'no'.",
        Message(Setting.Switch("FASHION_CREATE", true, "create", "all exist"), "no"));

    [Theory]
    [InlineData("cuda", 2)]
    [InlineData("CPU", 1)]
    [InlineData(null, 0)]
    public void Read_Choice_IsReadInAnyCase(string? text, int expected) =>
        Assert.Equal((Device)expected, Setting.Choice("FASHION_DEVICE", Device.Auto).Read(text));

    [Theory]
    [InlineData("gpu")]
    [InlineData("1")]
    [InlineData("-1")]
    public void Read_UnknownChoice_ListsTheChoices(string text) => Assert.Equal(
        $"FASHION_DEVICE: expected auto, cpu or cuda, found '{text}'.", Message(Setting.Choice("FASHION_DEVICE", Device.Auto), text));

    [Fact]
    public void Read_InvalidSecret_IsNotRepeated()
    {
        var setting = new Setting<string?>("CONNECTION", null, "a connection string", (string _, out string? value) =>
        {
            value = null;
            return false;
        })
        {
            IsSecret = true,
        };

        Assert.Equal("CONNECTION: expected a connection string.", Message(setting, "key=abc"));
    }

    private static string Message<T>(Setting<T> setting, string text) =>
        Assert.Throws<InvalidInputException>(() => setting.Read(text)).Message;
}
