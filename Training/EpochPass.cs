using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Training;

/// <summary>One epoch over all training images, or over those that data pruning keeps.</summary>
/// <param name="Phase">The phase of the epoch.</param>
/// <param name="PhaseEpoch">The epoch within its phase, counted from 1.</param>
/// <param name="Epoch">The epoch over all phases, counted from 1.</param>
internal sealed record EpochPass(TrainingRequest Request, TrainingPhase Phase, int PhaseEpoch, int Epoch)
{
    /// <summary>Runs the epoch. Loss and accuracy are running means in training mode, as Keras reports them.</summary>
    /// <param name="totalEpochs">Number of epochs for the progress.</param>
    /// <exception cref="InvalidOperationException">The loss is no longer finite.</exception>
    public (double Loss, double Accuracy) Run(
        BatchStep step, int totalEpochs, IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        var (order, weights) = ChooseImages(step);
        step.Masks.StartEpoch(Epoch);
        var batches = Batches(order.Length, Request.Configuration.BatchSize);
        var (seen, lossSum, correct) = (0.0, 0.0, 0.0);
        foreach (var (index, (start, count)) in batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            step.Masks.StartStep(index);
            step.Optimizer.LearningRate = LearningRate(index, batches.Count);
            var counts = weights is null ? null : weights[start..(start + count)];
            var (loss, correctAnswers) = step.Take(order.AsSpan(start, count), counts, Epoch, index);
            if (!double.IsFinite(loss))
            {
                throw new InvalidOperationException($"The loss of {Request.Spec.Name} is {loss} at epoch {Epoch}, batch {index + 1}.");
            }

            seen += counts?.Sum() ?? count;
            lossSum += loss * count;
            correct += correctAnswers;
            progress?.Report(new BatchProgress(Epoch, totalEpochs, index + 1, batches.Count, lossSum / seen, correct / seen)
            {
                Images = start + count,
            });
        }

        return (lossSum / seen, correct / seen);
    }

    /// <summary>The images in random order, and the number of images that each represents; null for one each.</summary>
    private (long[] Order, float[]? Counts) ChooseImages(BatchStep step)
    {
        var order = new KeyedRandom(Request.Seed, RandomPurpose.Shuffle, Epoch).NextPermutation(step.Images.Count);
        return Phase.DataPruning is { } pruning && PhaseEpoch <= Phase.Epochs - pruning.WholeEpochs
            ? step.KnownImages!.Choose(order, pruning, Epoch)
            : (order, null);
    }

    private double LearningRate(int step, int steps)
    {
        var stepsDone = ((PhaseEpoch - 1) * steps) + step;
        return Phase.LearningRate * Phase.Schedule.Factor((double)stepsDone / (Phase.Epochs * steps));
    }

    /// <summary>
    /// Start and count of each batch. A last batch of one image joins the previous batch, because BatchNorm needs at least two
    /// images.
    /// </summary>
    private static List<(int Start, int Count)> Batches(int images, int batchSize)
    {
        var batches = new List<(int Start, int Count)>();
        for (var start = 0; start < images;)
        {
            var left = images - start;
            var count = left <= batchSize + 1 ? left : batchSize;
            batches.Add((start, count));
            start += count;
        }

        return batches;
    }
}
