using ServerlessFashion.Devices;
using ServerlessFashion.Settings;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

public sealed class DeviceSettingsTests
{
    [Fact]
    public void Read_NothingSet_IsAutoDeterministicWithoutTf32() =>
        Assert.Equal(new DeviceSettings { Device = DeviceChoice.Auto, Tf32 = false, Deterministic = true }, Read([]));

    [Theory]
    [InlineData("cpu", DeviceChoice.Cpu)]
    [InlineData("CUDA", DeviceChoice.Cuda)]
    [InlineData("auto", DeviceChoice.Auto)]
    [InlineData("", DeviceChoice.Auto)]
    public void Read_Device_IsRecognised(string text, DeviceChoice expected) =>
        Assert.Equal(expected, Read(new() { ["FASHION_DEVICE"] = text }).Device);

    [Fact]
    public void Read_Switches_AreRecognised()
    {
        var settings = Read(new() { ["FASHION_TF32"] = "true", ["FASHION_DETERMINISTIC"] = "False" });

        Assert.True(settings.Tf32);
        Assert.False(settings.Deterministic);
    }

    [Theory]
    [InlineData("FASHION_DEVICE", "gpu", "FASHION_DEVICE: expected auto, cpu or cuda, found 'gpu'.")]
    [InlineData("FASHION_DEVICE", "1", "FASHION_DEVICE: expected auto, cpu or cuda, found '1'.")]
    [InlineData("FASHION_TF32", "yes", "FASHION_TF32: expected true or false, found 'yes'.")]
    [InlineData("FASHION_DETERMINISTIC", "0", "FASHION_DETERMINISTIC: expected true or false, found '0'.")]
    public void Read_UnknownValue_NamesItsVariable(string variable, string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Read(new() { [variable] = text })).Message);

    private static DeviceSettings Read(Dictionary<string, string> variables) => 
        DeviceSettings.Read(new SettingSource(name => variables.GetValueOrDefault(name)));
}
