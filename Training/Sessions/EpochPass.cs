using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Phases;

namespace ServerlessFashion.Training.Sessions;

/// <summary>One epoch over the training images that the callbacks of its phase choose.</summary>
/// <param name="PhaseEpoch">The epoch within its phase.</param>
/// <param name="Epoch">The epoch over all phases, counted from 1.</param>
internal sealed record EpochPass(TrainingRequest Request, RunningPhase Phase, PhaseEpoch PhaseEpoch, int Epoch)
{
    /// <summary>Runs the epoch. Loss and accuracy are running means in training mode, as Keras reports them.</summary>
    /// <param name="totalEpochs">Number of epochs for the progress.</param>
    /// <exception cref="InvalidOperationException">The loss is no longer finite.</exception>
    public (double Loss, double Accuracy) Run(
        TrainedNetwork model, ImageTensors images, int totalEpochs, IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        foreach (var callback in Phase.Callbacks)
        {
            callback.BeginEpoch(model, PhaseEpoch);
        }

        using var classWeights = Request.HasClassWeights
            ? TensorFactory.From(ClassWeights.Balanced(Request.Data.Train.Labels, Request.Classes.Count), images.Device)
            : null;
        var step = new BatchStep(model, images, Phase) { ClassWeights = classWeights };
        var (order, weights) = ChooseImages(images.Count);
        model.Masks.StartEpoch(Epoch);
        var batches = Batches(order.Length, Request.Configuration.BatchSize);
        var (seen, lossSum, correct) = (0.0, 0.0, 0.0);
        foreach (var (index, (start, count)) in batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            model.Masks.StartStep(index);
            Phase.Optimizer.LearningRate = LearningRate(index, batches.Count);
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

    /// <summary>The images in random order, less those that a callback leaves out.</summary>
    private EpochImages ChooseImages(int count)
    {
        var order = new KeyedRandom(Request.Seed, RandomPurpose.Shuffle, Epoch).NextPermutation(count);
        return Phase.Callbacks.Aggregate(new EpochImages(order, null), (chosen, callback) => callback.Choose(chosen, PhaseEpoch, Epoch));
    }

    private double LearningRate(int step, int steps)
    {
        var phase = Phase.Phase;
        var stepsDone = ((PhaseEpoch.Epoch - 1) * steps) + step;
        return phase.LearningRate * phase.Schedule.Factor((double)stepsDone / (phase.Epochs * steps));
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
