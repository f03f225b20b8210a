using ServerlessFashion.Runs;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class TrainingInputsTests
{
    [Fact]
    public void ConfigurationOf_ModelOfTheRun_IsItsConfiguration()
    {
        var configuration = TrainingInputs.ConfigurationOf("run-1", Smoke, "model3");

        Assert.Equal("model3", configuration.Name);
    }

    [Fact]
    public void ConfigurationOf_AnotherModel_IsRefusedWithTheRun() => Assert.Equal(
        "model: run run-1 has no model 'model4'.",
        Assert.Throws<InvalidInputException>(() => TrainingInputs.ConfigurationOf("run-1", Smoke, "model4")).Message);

    private static RunDefinition Smoke { get; } = Presets.Configure(
        new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3"] }, _ => 1);
}
