using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>
/// Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/): a step moves a hidden kernel along its gradient's momentum
/// with all singular values made nearly equal. The update is scaled by .2 sqrt(max(rows, columns)), so that the learning rate and the
/// weight decay of Adam fit (Liu et al. 2025, arXiv:2502.16982, section 2.2). All other weights are trained with Adam.
/// </summary>
/// <param name="Momentum">Share of the gradient's running mean that a step keeps. The momentum is Nesterov's.</param>
/// <param name="Iterations">Newton-Schulz iterations of a step.</param>
public sealed record Muon(
    [property: Range(0d, 1d, MaximumIsExclusive = true)] double Momentum = .95,
    [property: Range(1, 20)] int Iterations = 5)
{
    /// <summary>
    /// Whether Muon trains this weight of a plan: the kernel of a convolution that mixes hidden channels. The first layer reads pixels,
    /// and a depthwise kernel mixes no channels. A Dense kernel behind a Flatten is so large that its steps dominate: with
    /// it, an epoch of Model 4 with batches of 16 took some ten times as long.
    /// </summary>
    public static bool Trains(ModelPlan plan, WeightDeclaration weight) =>
        weight.Role == WeightRole.Kernel
        && weight.Shape is [_, > 1, _, _]
        && weight.Name != plan.Weights.First(first => first.Role == WeightRole.Kernel).Name;
}
