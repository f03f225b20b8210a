using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;
using TorchSharp;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>All values are worked by hand: five equal logits give each label the probability 1/5.</summary>
public class BatchStepTests
{
    private const double LearningRate = .01;

    [Fact]
    public void Take_EqualLogits_GivesTheLossLn5AndCountsTheFirstLabel()
    {
        using var training = new LinearTraining([0, 3, 0], LinearTraining.PhaseOf(LearningRate));

        var score = Step(training).Take([0, 1, 2], counts: null, epoch: 1, step: 0);

        Assert.Equal(Math.Log(5), score.Loss, 1e-6);
        Assert.Equal(2, score.Correct, 1e-6);
    }

    /// <summary>Counts 3 and 1: the mean loss is (3 + 1) ln 5 / 2, and the first image counts as three correct ones.</summary>
    [Fact]
    public void Take_WithCounts_WeighsEachImage()
    {
        using var training = new LinearTraining([0, 1], LinearTraining.PhaseOf(LearningRate));

        var score = Step(training).Take([0, 1], [3, 1], epoch: 1, step: 0);

        Assert.Equal(2 * Math.Log(5), score.Loss, 1e-6);
        Assert.Equal(3, score.Correct, 1e-6);
    }

    /// <summary>
    /// The gradient of a bias is the mean of p - [label]: -.8 for the label of both images and .2 for the others. Adam's first step is
    /// the learning rate against the gradient's sign.
    /// </summary>
    [Fact]
    public void Take_FirstStep_MovesEachBiasByTheLearningRate()
    {
        using var training = new LinearTraining([0, 0], LinearTraining.PhaseOf(LearningRate));

        Step(training).Take([0, 1], counts: null, epoch: 1, step: 0);

        AssertBiases(training, [LearningRate, -LearningRate, -LearningRate, -LearningRate, -LearningRate]);
    }

    /// <summary>
    /// Labels 0 and 1. Counted once each, the bias of label 1 has the gradient (.2 - .8) / 2 = -.3. With five of the first image it is
    /// (5 * .2 - .8) / 2 = .1.
    /// </summary>
    [Theory]
    [InlineData(1, LearningRate)]
    [InlineData(5, -LearningRate)]
    public void Take_CountsOfTheFirstImage_ChangeTheGradient(float count, double bias)
    {
        using var training = new LinearTraining([0, 1], LinearTraining.PhaseOf(LearningRate));

        Step(training).Take([0, 1], [count, 1], epoch: 1, step: 0);

        AssertBiases(training, [LearningRate, bias, -LearningRate, -LearningRate, -LearningRate]);
    }

    /// <summary>
    /// Labels 0, 0, 0 and 1 with the weights 2/3 and 2 of scikit-learn. The gradient of the biases is that of PyTorch 1.13:
    /// <c>F.cross_entropy(zeros(4, 5) + bias, tensor([0, 0, 0, 1]), weight=tensor([2/3, 2, 0, 0, 0]))</c>. By hand: both classes weigh 2
    /// of 4, so each has .2 - 1/2. A plain mean has .2 - 3/4 and .2 - 1/4.
    /// </summary>
    [Fact]
    public void Take_ClassWeights_GivesTheGradientOfTheWeightedMean()
    {
        using var training = new LinearTraining([0, 0, 0, 1], LinearTraining.PhaseOf(LearningRate));
        using var weights = torch.tensor([2 / 3f, 2, 0, 0, 0]);

        var score = (Step(training) with { ClassWeights = weights }).Take([0, 1, 2, 3], counts: null, epoch: 1, step: 0);

        AssertGradient(training, [-.3, -.3, .2, .2, .2]);
        Assert.Equal(Math.Log(5), score.Loss, 1e-6);
        Assert.Equal(3, score.Correct, 1e-6);
    }

    /// <summary>
    /// The first image stands for two. The weighted losses are 2 * 2/3, 2/3, 2/3 and 2 of the weights 4, and the gradients of the
    /// biases are (4.667 * .2 - 2.667) / 4 for label 0 and (4.667 * .2 - 2) / 4 for label 1.
    /// </summary>
    [Fact]
    public void Take_ClassWeightsAndCounts_MultiplyEachOther()
    {
        using var training = new LinearTraining([0, 0, 0, 1], LinearTraining.PhaseOf(LearningRate));
        using var weights = torch.tensor([2 / 3f, 2, 0, 0, 0]);

        (Step(training) with { ClassWeights = weights }).Take([0, 1, 2, 3], [2, 1, 1, 1], epoch: 1, step: 0);

        AssertGradient(training, [-.433333, -.266667, .233333, .233333, .233333]);
    }

    /// <summary>The callback that leaves images out learns the losses of the batch under the images' indices.</summary>
    [Fact]
    public void Take_PhaseThatLeavesImagesOut_RecordsTheLossesOfTheBatch()
    {
        var phase = LinearTraining.PhaseOf(LearningRate) with { DataPruning = new DataPruning(.5, WholeEpochs: 1) };
        using var training = new LinearTraining([0, 1, 2], phase);

        Step(training).Take([2, 0], counts: null, epoch: 1, step: 0);

        var losses = training.Phase.State().Single(tensor => tensor.Name == "losses").Values();
        Assert.Equal(Math.Log(5), losses[0], 1e-6);
        Assert.Equal(double.PositiveInfinity, losses[1]);
        Assert.Equal(Math.Log(5), losses[2], 1e-6);
    }

    private static BatchStep Step(LinearTraining training) => new(training.Model, training.Images, training.Phase);

    /// <summary>After the first step, Adam's first moment is a tenth of the gradient.</summary>
    private static void AssertGradient(LinearTraining training, double[] expected)
    {
        var moment = training.Phase.Optimizer.State.Single(moment => moment.Key == CheckpointFile.FirstMoment + LinearTraining.Bias).Value;
        Assert.All(expected.Zip(moment.data<float>().ToArray()), pair => Assert.Equal(pair.First, 10 * pair.Second, 1e-5));
    }

    private static void AssertBiases(LinearTraining training, double[] expected) =>
        Assert.All(expected.Zip(training.Read(LinearTraining.Bias)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
