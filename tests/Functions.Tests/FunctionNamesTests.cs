using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Functions.Trainer;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Tests;

/// <summary>Workflows call by name what only these classes implement.</summary>
public sealed class FunctionNamesTests
{
    [Fact]
    public void Activities_OfBothApps_AreTheStepsOfThePipeline()
    {
        var steps = typeof(PipelineSteps).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)!)
            .Select(step => (string)step.GetType().GetProperty("Name")!.GetValue(step)!);

        Assert.Equal(steps.Order(), NamesOf(typeof(Activities)).Concat(NamesOf(typeof(TrainingActivities))).Order());
    }

    [Fact]
    public void Activities_OfTheTrainer_AreTheTrainingSteps() =>
        Assert.Equal(
            [PipelineSteps.EvaluateModel.Name, PipelineSteps.FitEpochs.Name, PipelineSteps.TrainSlice.Name],
            NamesOf(typeof(TrainingActivities)).Order());

    [Fact]
    public void Orchestrations_AreTheWorkflows() =>
        Assert.Equal([ComparisonWorkflow.Comparison.Name, ComparisonWorkflow.TrainModel.Name], NamesOf(typeof(Orchestrations)).Order());

    private static IEnumerable<string> NamesOf(Type type) => type.GetMethods()
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
        .OfType<string>();
}
