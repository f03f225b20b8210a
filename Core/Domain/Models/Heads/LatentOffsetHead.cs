using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// One output per latent component, each with an offset of the brightness; see <see cref="LatentOffsets"/>. A search finds offsets,
/// cuts and scale before the training, from the training set's five labels alone.
/// </summary>
/// <param name="Components">Number of components. More components than different offsets do no harm.</param>
/// <param name="SearchSteps">Number of steps in each round of the search.</param>
public sealed record LatentOffsetHead(
    [property: Range(1, 1000)] int Components, [property: Range(1, 1_000_000)] int SearchSteps) : Head
{
    public override Layer Layer => new LatentOffsets(Components);

    public override bool ReadsBrightness => true;

    public override int OutputsFor(ClassLabels labels) => Components;

    public override TResult Accept<TResult>(IHeadVisitor<TResult> visitor) => visitor.Visit(this);

    protected override bool Suits(ClassLabels labels) => labels.FollowBrightness;
}

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

    public const int Cuts = FiveLabelRule.Labels - 1;

    /// <summary>Suffixes of the weights: beta (components), T (4) and log s (1).</summary>
    public const string OffsetsWeight = "offsets";
    public const string CutsWeight = "cuts";
    public const string LogScaleWeight = "log_scale";

    /// <summary>The range that real offsets can lie in, in <see cref="Unit"/>.</summary>
    public const double LowestOffset = -4;
    public const double HighestOffset = 9;

    public override string BaseName => "latent_offsets";

    public override string Description => "offsets, cuts and scale of the brightness";

    /// <summary>Offsets at equal distances over the range that real ones can lie in.</summary>
    public static float[] Spread(int components) =>
    [
        .. Enumerable.Range(0, components)
            .Select(k => (float)(LowestOffset + ((HighestOffset - LowestOffset) * k / Math.Max(1, components - 1)))),
    ];

    public override FeatureShape? OutputOf(FeatureShape input) =>
        input.Side is null && input.Channels == Components ? new(FiveLabelRule.Labels, null) : null;

    public override IEnumerable<WeightDeclaration> WeightsOf(string name, FeatureShape input) =>
    [
        new($"{name}.{OffsetsWeight}", [Components], WeightRole.Constant) { StartValues = Spread(Components) },
        new($"{name}.{CutsWeight}", [Cuts], WeightRole.Constant),
        new($"{name}.{LogScaleWeight}", [1], WeightRole.Constant),
    ];

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(LatentOffsetHead), "latentOffsets")]
public abstract partial record Head;

public partial interface IHeadVisitor<TResult>
{
    TResult Visit(LatentOffsetHead head);
}

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(LatentOffsets layer, LayerPlan plan, TFeatures input);
}
