using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Phases;

/// <summary>Lets gradients flow to the weights that the phase trains and to no others.</summary>
internal sealed class Freeze(TrainableLayers trainable) : PhaseCallback
{
    public override void Open(TrainedNetwork model) => model.Network.Unfreeze(TrainableWeights.Of(model.Plan, trainable));
}
