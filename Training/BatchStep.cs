using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace ServerlessFashion.Training;

/// <summary>The score of one batch before its update. Each image is weighted by the number of images that it represents.</summary>
/// <param name="Loss">Weighted sum of the losses, divided by the images of the batch.</param>
/// <param name="Correct">Weighted number of correct predictions.</param>
internal readonly record struct BatchScore(double Loss, double Correct);

/// <summary>One step of a training: forward pass, loss, backward pass, optimizer. It waits for a GPU once, to read the score.</summary>
internal sealed record BatchStep(Network Network, bool FitsGarments, ImageTensors Images, DropoutMasks Masks, KerasAdam Optimizer)
{
    public Augmenter? Augmenter { get; init; }
    public KnownImages? KnownImages { get; init; }
    public KernelMasks? KernelMasks { get; init; }

    /// <summary>Takes a step on the images at <paramref name="indices"/>.</summary>
    /// <param name="counts">Number of images that each image represents; null for one each.</param>
    public BatchScore Take(ReadOnlySpan<long> indices, float[]? counts, int epoch, int step)
    {
        using var scope = NewDisposeScope();
        var score = Compute(Images.Gather(indices), indices, counts, epoch, step).data<float>();
        return new BatchScore(score[0], score[1] * indices.Length);
    }

    /// <summary>Like <see cref="Take"/>, but returns loss and accuracy as a tensor without waiting for the device.</summary>
    internal Tensor Compute(ImageBatch batch, ReadOnlySpan<long> indices, float[]? counts, int epoch, int step)
    {
        var weights = counts is null ? null : TensorFactory.From(counts, Images.Device);
        var images = Augmenter is null ? batch.Images : Augmenter.Apply(batch.Images, indices, epoch, step);
        var outputs = Network.Outputs(images, Masks);
        var logits = Network.LabelLogits(outputs, batch.Brightness);
        var losses = F.cross_entropy(logits, batch.Labels, reduction: Reduction.None);
        var fitted = FitsGarments ? F.cross_entropy(outputs, batch.Garments, reduction: Reduction.None) : losses;
        var correct = logits.detach().argmax(1).eq(batch.Labels).to_type(ScalarType.Float32);
        KnownImages?.Record(indices, fitted.detach());
        Optimizer.Step(Mean(fitted));
        KernelMasks?.Hold();
        return stack([Mean(losses.detach()), Mean(correct)]);

        Tensor Mean(Tensor values) => weights is null ? values.mean() : (values * weights).mean();
    }
}
