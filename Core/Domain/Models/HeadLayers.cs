namespace ServerlessFashion.Models;

/// <summary>
/// The layer of a <see cref="LatentOffsetHead"/>: from <paramref name="Components"/> gates and the brightness to the log
/// probabilities of the five labels. With S the sum of the raw grey values, in units of <see cref="Unit"/>, pi the softmax
/// of the gates, beta_k the offsets, T_0..T_3 the cuts and F the logistic function:
/// <code>
/// a_kj = (T_j - S - beta_k) / s                        with a_{k,-1} = -infinity, a_k4 = +infinity
/// P(y) = (1 - e) sum_k pi_k [F(a_ky) - F(a_k,y-1)] + e / 5          with e = <see cref="Noise"/>
/// </code>
/// computed with F(a) - F(b) = F(a) F(-b) (1 - exp(b - a)), where a - b = (T_y - T_{y-1}) / s: a difference of two numbers near one
/// would leave rounding errors that the logarithm of a small probability shows.
/// It is a cumulative-link ordinal model (McCullagh 1980) with a latent shift per component, a mixture of experts whose
/// experts are one number each (Jacobs et al. 1991).
/// </summary>
public sealed record LatentOffsets(int Components) : Layer
{
    /// <summary>Grey values in one unit of offsets, cuts and scale.</summary>
    public const double Unit = 10_000;

    /// <summary>
    /// e: share of labels that the model leaves unexplained. It bounds the loss of an image on the wrong side of a cut.
    /// </summary>
    public const double Noise = .01;

    public const int Cuts = Data.FiveLabelRule.Labels - 1;

    /// <summary>Suffixes of the weights: beta (components), T (4) and log s (1).</summary>
    public const string OffsetsWeight = "offsets";
    public const string CutsWeight = "cuts";
    public const string LogScaleWeight = "log_scale";
}

/// <summary>
/// The layer of a <see cref="GarmentRuleHead"/>: from ten garment logits and the brightness to the log probabilities of the
/// five labels. P(y) = (1 - e) times the softmax of the garments for which the rule gives y, plus e / 5.
/// </summary>
public sealed record GarmentRule : Layer
{
    /// <summary>e: it keeps the logarithm finite.</summary>
    public const double Noise = .001;
}
