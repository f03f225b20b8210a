using System.Text.Json;
using ServerlessFashion.Devices;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Devices;

public class DeviceDescriptionTests
{
    private static readonly DeviceDescription Gpu = new(DeviceChoice.Cuda, new GpuDescription("Tesla T4", "570.86", 15.56));

    [Fact]
    public void ToString_Device_IsOneLineForPeople()
    {
        Assert.Equal("cpu", DeviceDescription.Cpu.ToString());
        Assert.Equal("cuda: Tesla T4, 15.6 GiB, driver 570.86", Gpu.ToString());
    }

    [Fact]
    public void Json_Cpu_HasNoFieldsOfAGpu()
    {
        Assert.Equal("""{"kind":"cpu","gpu":null}""", JsonSerializer.Serialize(DeviceDescription.Cpu, Json.Compact));
        Assert.Equal(
            """{"kind":"cuda","gpu":{"name":"Tesla T4","driver":"570.86","memoryGiB":15.56},"tf32":false,"deterministic":true}""",
            JsonSerializer.Serialize(Gpu with { Tf32 = false, Deterministic = true }, Json.Compact));
    }
}
