using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Phases;

/// <summary>The network of a training, which a phase may exchange for a smaller one, and its dropout masks.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private readonly Func<ModelPlan, DropoutMasks> _masksOf;

    /// <param name="masksOf">Makes the masks of a network with this plan.</param>
    public TrainedNetwork(ModelPlan plan, Network network, Func<ModelPlan, DropoutMasks> masksOf)
    {
        _masksOf = masksOf;
        Plan = plan;
        Network = network;
        Masks = masksOf(plan);
    }

    public ModelPlan Plan { get; private set; }

    public Network Network { get; private set; }

    public DropoutMasks Masks { get; private set; }

    /// <summary>Puts another network in the place of this one, which is disposed of.</summary>
    public void Replace(ModelPlan plan, Network network)
    {
        Dispose();
        Plan = plan;
        Network = network;
        Masks = _masksOf(plan);
    }

    public void Dispose()
    {
        Network.Dispose();
        Masks.Dispose();
    }
}
