using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

public sealed class PruningBuilderTests
{
    /// <summary>
    /// By hand. Kernel weights of Model 4: 9 * (32 + 32 * 32 + 32 * 64 + 64 * 128) + 6272 * 512 + 512 * 128 + 128 * 5 = 3,379,104
    /// without its biases and BatchNorms. The two pruning epochs stand at t = 1/2 and 1: .9 (1 - 1/8) = .7875 and .9, zeros rounded
    /// down; the fine-tuning epoch has the second's.
    /// </summary>
    [Fact]
    public void Build_ByMagnitude_GivesTheBestEpochOfEachSparsity()
    {
        var pruned = ReportBuilder.Build(SyntheticReport.Pruned()).Pruning.Single(model => model.Name == "model4-pruned");

        Assert.Equal("model4", pruned.Dense);
        Assert.Equal([3_379_104, 3_379_104 - 2_661_044, 3_379_104 - 3_041_193], pruned.Steps.Select(step => step.KernelParametersLeft));
        Assert.All(new[] { 0, .7875, .9 }.Zip(pruned.Steps), pair => Assert.Equal(pair.First, pair.Second.Removed, 1e-6));
        Assert.Equal(
            [(2, 2, .85), (1, 3, .84), (2, 5, .83)], pruned.Steps.Select(step => (step.Epochs, step.BestEpoch, step.ValidationAccuracy)));
    }

    /// <summary>By hand, half the channels: 9 * (16 + 16 * 16 + 16 * 32 + 32 * 64) + 3136 * 256 + 256 * 64 + 64 * 5 = 845,008.</summary>
    [Fact]
    public void Build_ByChannels_GivesTheWholeAndTheNarrowNetwork()
    {
        var slim = ReportBuilder.Build(SyntheticReport.Pruned()).Pruning.Single(model => model.Name == "model4-slim");

        Assert.Equal([3_379_104, 845_008], slim.Steps.Select(step => step.KernelParametersLeft));
        Assert.Equal(1 - (845_008 / 3_379_104.0), slim.Steps[1].Removed, 12);
        Assert.Equal([(2, .86), (3, .855)], slim.Steps.Select(step => (step.BestEpoch, step.ValidationAccuracy)));
    }

    [Fact]
    public void Build_WithTheDenseModel_GivesRatiosAndDifferences()
    {
        var document = ReportBuilder.Build(SyntheticReport.Pruned());
        var (pruned, slim) = (document.Pruning[0].Against!, document.Pruning[1].Against!);

        Assert.Equal((1.0, 1.0, 1.0), (pruned.Parameters, pruned.FileBytes, pruned.MultiplyAccumulates));
        Assert.Equal(1.1, pruned.Time, 12);
        Assert.Equal(-.004, pruned.ValidationAccuracyDifference, 12);
        Assert.Equal(845_897 / 3_383_589.0, slim.Parameters, 12);
        Assert.Equal((.25, .25, .4, 0), (slim.FileBytes, slim.MultiplyAccumulates, slim.Time, slim.TestAccuracyDifference));
    }

    [Fact]
    public void Build_TwoDenseModels_ComparesWithTheAnnealedOne()
    {
        var run = SyntheticReport.Pruned();

        var document = ReportBuilder.Build(
            run with { Evaluations = [.. run.Evaluations, run.Evaluations[0] with { Name = "model4-annealed", TestSeconds = 8 }] });

        Assert.All(document.Pruning, model => Assert.Equal("model4-annealed", model.Dense));
        Assert.Equal(.2, document.Pruning[1].Against!.Time, 12);
    }

    [Fact]
    public void Build_WithoutTheDenseModel_KeepsTheStepsAndComparesNothing()
    {
        var document = ReportBuilder.Build(SyntheticReport.Pruned(withDense: false));

        Assert.All(document.Pruning, model => Assert.Equal((null, null), (model.Dense, model.Against)));
        Assert.Equal([3, 2], document.Pruning.Select(model => model.Steps.Count));
    }

    [Fact]
    public void Build_NothingPruned_IsEmpty() => Assert.Empty(ReportBuilder.Build(SyntheticReport.Input()).Pruning);
}
