using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>
/// The course of the learning rate within a phase, as a factor on the phase's learning rate: a linear warm-up (Goyal et al. 2017,
/// arXiv:1706.02677), then half a cosine down (Loshchilov and Hutter 2017, arXiv:1608.03983).
/// </summary>
/// <param name="WarmUpShare">Share of the phase's steps in the warm-up, 0..1.</param>
/// <param name="StartFactor">Factor at the first step of the warm-up.</param>
/// <param name="EndFactor">Factor at the end of the phase.</param>
public sealed record LearningRateSchedule(
    [property: Range(0d, 1d)] double WarmUpShare, [property: Range(0d, 1d)] double StartFactor,
    [property: Range(0d, 1d)] double EndFactor)
{
    /// <summary>A constant learning rate: a cosine from 1 to 1.</summary>
    public static LearningRateSchedule Constant { get; } = new(0, 1, 1);

    /// <summary>Half a cosine from 1 to 0.</summary>
    public static LearningRateSchedule FallingToZero { get; } = new(0, 1, 0);

    /// <summary>Rises from a tenth during the first fifth, and then falls to zero.</summary>
    public static LearningRateSchedule OneCycle { get; } = new(.2, .1, 0);

    /// <summary>The factor at a point of the phase.</summary>
    /// <param name="progress">Steps done over steps of the phase, 0..1.</param>
    public double Factor(double progress)
    {
        if (progress < WarmUpShare)
        {
            return StartFactor + ((1 - StartFactor) * progress / WarmUpShare);
        }

        var descent = WarmUpShare < 1 ? (progress - WarmUpShare) / (1 - WarmUpShare) : 0;
        return EndFactor + ((1 - EndFactor) * .5 * (1 + Math.Cos(Math.PI * descent)));
    }
}
