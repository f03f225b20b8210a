using ServerlessFashion.Data;
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

    [Theory]
    [InlineData(LabelScheme.Five, 5)]
    [InlineData(LabelScheme.Garments, 10)]
    public void Classes_LabelScheme_AreItsLabels(LabelScheme labels, int count) =>
        Assert.Equal(count, (Tiny.Request(Tiny.Spec) with { Labels = labels }).Classes.Count);
}
