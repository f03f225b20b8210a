using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Phases;

/// <summary>
/// The network continues with the best channels of the wide one. The choice is a function of the weights alone, so a resumed training
/// cuts the same.
/// </summary>
internal sealed class CutChannels(ModelPlan narrow) : PhaseCallback
{
    public override void Begin(TrainedNetwork model)
    {
        var (plan, network) = (model.Plan, model.Network);
        var device = network.Device;
        var wide = plan.Weights.ToDictionary(
            weight => weight.Name, weight => new WeightTensor(weight.Shape, TensorFactory.ToHost(network.Weight(weight.Name))));
        model.Replace(narrow, Network.Create(narrow, ChannelPruning.Narrow(plan, narrow, wide), "narrow network", device));
    }
}
