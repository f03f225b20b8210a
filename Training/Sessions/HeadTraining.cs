using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace ServerlessFashion.Training.Sessions;

/// <summary>How each kind of head is trained: by the likelihood of the labels, unless it says otherwise.</summary>
internal class HeadTraining
{
    public static HeadTraining Of(Head head) => head.Accept(new Kinds());

    /// <summary>Finds what the head needs before the first epoch.</summary>
    /// <param name="images">The training images on the device.</param>
    /// <param name="set">The same images with their labels.</param>
    public virtual void Prepare(TrainedNetwork model, ImageTensors images, LabelledImages set, int seed, CancellationToken cancellation)
    {
    }

    /// <summary>What the optimizer lowers: one loss an image (batch).</summary>
    /// <param name="outputs">Outputs of the classifier: batch x outputs.</param>
    /// <param name="labelLosses">Cross-entropy of the labels: batch.</param>
    public virtual Tensor Losses(Tensor outputs, Tensor labelLosses, TensorBatch batch) => labelLosses;

    private sealed class Kinds : IHeadVisitor<HeadTraining>
    {
        public HeadTraining Visit(SoftmaxHead head) => new();

        public HeadTraining Visit(LatentOffsetHead head) => new OffsetTraining(head);

        public HeadTraining Visit(GarmentRuleHead head) => new GarmentTraining();
    }

    private sealed class OffsetTraining(LatentOffsetHead head) : HeadTraining
    {
        public override void Prepare(
            TrainedNetwork model, ImageTensors images, LabelledImages set, int seed, CancellationToken cancellation) =>
            OffsetSearch.Run(head, images, set, seed, cancellation).Write(model.Network, model.Plan);
    }

    private sealed class GarmentTraining : HeadTraining
    {
        public override Tensor Losses(Tensor outputs, Tensor labelLosses, TensorBatch batch) =>
            F.cross_entropy(outputs, batch.Garments, reduction: Reduction.None);
    }
}
