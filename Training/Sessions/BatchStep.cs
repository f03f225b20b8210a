using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace ServerlessFashion.Training.Sessions;

/// <summary>The score of one batch before its update. Each image is weighted by the number of images that it represents.</summary>
/// <param name="Loss">Weighted sum of the losses, divided by the images of the batch.</param>
/// <param name="Correct">Weighted number of correct predictions.</param>
internal readonly record struct BatchScore(double Loss, double Correct);

/// <summary>One step of a training: forward pass, loss, backward pass, optimizer. It waits for a GPU once, to read the score.</summary>
internal sealed record BatchStep(TrainedNetwork Model, ImageTensors Images, RunningPhase Phase)
{
    private readonly HeadTraining _head = HeadTraining.Of(Model.Plan.Head);

    /// <summary>
    /// Weight of each class in what the optimizer lowers (one a class); null for equal ones. The score of the batch has no such weights.
    /// </summary>
    public Tensor? ClassWeights { get; init; }

    /// <summary>Takes a step on the images at <paramref name="indices"/>.</summary>
    /// <param name="counts">Number of images that each image represents; null for one each.</param>
    public BatchScore Take(ReadOnlySpan<long> indices, float[]? counts, int epoch, int step)
    {
        using var scope = NewDisposeScope();
        var score = Compute(Images.Gather(indices), indices, counts, epoch, step).data<float>();
        return new BatchScore(score[0], score[1] * indices.Length);
    }

    /// <summary>Like <see cref="Take"/>, but returns loss and accuracy as a tensor without waiting for the device.</summary>
    internal Tensor Compute(TensorBatch batch, ReadOnlySpan<long> indices, float[]? counts, int epoch, int step)
    {
        var weights = counts is null ? null : TensorFactory.From(counts, Images.Device);
        var images = batch.Images;
        foreach (var callback in Phase.Callbacks)
        {
            images = callback.Change(images, indices, epoch, step);
        }

        var outputs = Model.Network.Outputs(images, Model.Masks);
        var logits = Model.Network.LabelLogits(outputs, batch.Brightness);
        var losses = F.cross_entropy(logits, batch.Labels, reduction: Reduction.None);
        var fitted = _head.Losses(outputs, losses, batch);
        var correct = logits.detach().argmax(1).eq(batch.Labels).to_type(ScalarType.Float32);
        foreach (var callback in Phase.Callbacks)
        {
            callback.Measured(indices, fitted.detach());
        }

        Phase.Optimizer.Step(ClassWeights is null ? Mean(fitted) : WeightedMean(fitted, ClassWeights.index_select(0, batch.Labels)));
        foreach (var callback in Phase.Callbacks)
        {
            callback.Updated();
        }

        return stack([Mean(losses.detach()), Mean(correct)]);

        Tensor Mean(Tensor values) => weights is null ? values.mean() : (values * weights).mean();

        // Like PyTorch's weighted cross-entropy: divided by the weights of the batch and not by its images.
        Tensor WeightedMean(Tensor values, Tensor ofImages) =>
            (values * (weights is null ? ofImages : ofImages * weights)).sum() / ofImages.sum();
    }
}
