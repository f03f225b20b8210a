using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>The constants of <see cref="LatentOffsets"/>: offsets and cuts in <see cref="LatentOffsets.Unit"/>, and log s.</summary>
internal sealed record OffsetConstants(float[] Offsets, float[] Cuts, float LogScale)
{
    /// <summary>The constants of a network whose head has them.</summary>
    public static OffsetConstants Read(Network network, ModelPlan plan)
    {
        return new OffsetConstants(
            Values(LatentOffsets.OffsetsWeight), Values(LatentOffsets.CutsWeight), Values(LatentOffsets.LogScaleWeight)[0]);

        float[] Values(string suffix) => Weight(network, plan, suffix).detach().data<float>().ToArray();
    }

    /// <summary>Sets the constants of a network whose head has them.</summary>
    public void Write(Network network, ModelPlan plan)
    {
        Set(LatentOffsets.OffsetsWeight, Offsets);
        Set(LatentOffsets.CutsWeight, Cuts);
        Set(LatentOffsets.LogScaleWeight, [LogScale]);

        void Set(string suffix, float[] values)
        {
            using var noGradient = no_grad();
            var constant = Weight(network, plan, suffix);
            using var given = TensorFactory.From(values, constant.device);
            constant.copy_(given);
        }
    }

    private static Tensor Weight(Network network, ModelPlan plan, string suffix) => network.Weight($"{plan.HeadLayer!.Name}.{suffix}");
}
