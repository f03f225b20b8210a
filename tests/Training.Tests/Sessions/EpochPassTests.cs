using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Sessions;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>At a learning rate of zero the loss of every image stays ln 5, and the first label is predicted.</summary>
public class EpochPassTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Seven images in batches of three: the last image joins the second batch.</summary>
    [Fact]
    public void Run_SevenImagesInBatchesOfThree_GivesTheMeansOfTwoBatches()
    {
        using var training = new LinearTraining([0, 1, 0, 2, 0, 3, 4], LinearTraining.PhaseOf(learningRate: 0), batchSize: 3);
        var reports = new List<BatchProgress>();

        var (loss, accuracy) = Pass(training, epoch: 2).Run(
            training.Model, training.Images, totalEpochs: 9, new BatchRecorder(reports.Add), Cancellation);

        Assert.Equal(Math.Log(5), loss, 1e-6);
        Assert.Equal(3 / 7.0, accuracy, 1e-6);
        Assert.Equal([(2, 9, 1, 2, 3), (2, 9, 2, 2, 7)], reports.Select(
            report => (report.Epoch, report.TotalEpochs, report.Batch, report.Batches, report.Images)));
    }

    /// <summary>
    /// A warm-up over the whole phase: the last of two batches of the second of two epochs is 3/4 of the way through the phase.
    /// </summary>
    [Fact]
    public void Run_WarmUp_SetsTheLearningRateOfEachStep()
    {
        var phase = LinearTraining.PhaseOf(learningRate: 1e-3, epochs: 2) with { Schedule = new LearningRateSchedule(1, 0, 0) };
        using var training = new LinearTraining([0, 1, 2, 3], phase, batchSize: 2);

        Pass(training, epoch: 2).Run(training.Model, training.Images, 2, progress: null, Cancellation);

        Assert.Equal(.75e-3, training.Phase.Optimizer.LearningRate, 1e-12);
        Assert.Equal(2, training.Phase.Optimizer.Steps);
    }

    /// <summary>
    /// Five images of label 0 and one of label 1. The bias of label 1 has the gradient (5 * .2 - .8) / 6 > 0; with both classes alike it
    /// is .2 - 1/2. Adam's first step is the learning rate against its sign.
    /// </summary>
    [Theory]
    [InlineData(false, -.01)]
    [InlineData(true, .01)]
    public void Run_ClassWeights_LearnsTheRareClass(bool hasClassWeights, double bias)
    {
        using var training = new LinearTraining([0, 0, 0, 0, 0, 1], LinearTraining.PhaseOf(learningRate: .01));
        var pass = Pass(training, epoch: 1);

        (pass with { Request = pass.Request with { HasClassWeights = hasClassWeights } }).Run(
            training.Model, training.Images, totalEpochs: 4, progress: null, Cancellation);

        Assert.Equal(bias, training.Read(LinearTraining.Bias)[1], 1e-6);
    }

    /// <summary>
    /// One hard image in forty, so a quarter of the others takes part and counts four times. Means that ignore the counts would
    /// exceed ln 5 and 1.
    /// </summary>
    [Fact]
    public void Run_ImagesLeftOut_GivesMeansWeightedByTheirCounts()
    {
        var phase = LinearTraining.PhaseOf(learningRate: 0) with { DataPruning = new DataPruning(.75, WholeEpochs: 0) };
        using var training = new LinearTraining(new byte[40], phase);
        float[] losses = [10, .. Enumerable.Repeat(1f, 39)];
        training.Phase.Callbacks[^1].Restore((_, shape) => new WeightTensor(shape, losses));
        var images = 0;

        var (loss, accuracy) = Pass(training, epoch: 1).Run(
            training.Model, training.Images, 4, new BatchRecorder(report => images = report.Images), Cancellation);

        Assert.InRange(images, 2, 39);
        Assert.Equal(Math.Log(5), loss, 1e-5);
        Assert.Equal(1, accuracy, 1e-6);
    }

    [Fact]
    public void Run_LossIsNotFinite_FailsWithEpochAndBatch()
    {
        using var training = new LinearTraining([0, 1], LinearTraining.PhaseOf(learningRate: 0));
        using (no_grad())
        {
            training.Model.Network.Weight(LinearTraining.Bias).fill_(float.NaN);
        }

        var error = Assert.Throws<InvalidOperationException>(
            () => Pass(training, epoch: 3).Run(training.Model, training.Images, 4, progress: null, Cancellation));

        Assert.Equal("The loss of tiny is NaN at epoch 3, batch 1.", error.Message);
    }

    private static EpochPass Pass(LinearTraining training, int epoch) =>
        new(training.Request, training.Phase, new PhaseEpoch(0, epoch), epoch);
}
