using ServerlessFashion.Devices;

namespace ServerlessFashion.Training.Tests;

public class TrainingRequestTests
{
    [Fact]
    public void Defaults_NothingChosen_AreTheCpuAndTheSystemsClock()
    {
        var request = Tiny.Request(Tiny.Spec);

        Assert.Equal(DeviceChoice.Cpu, request.ComputesOn.Kind);
        Assert.Same(TimeProvider.System, request.Clock);
    }
}
