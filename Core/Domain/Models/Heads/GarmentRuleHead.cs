using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// One output per garment. It is trained on the garments, which the competition did not provide (side information). The five labels
/// follow from garment and exact brightness by <see cref="FiveLabelRule"/>.
/// </summary>
public sealed record GarmentRuleHead : Head
{
    public override Layer Layer => new GarmentRule();

    public override bool UsesSideInformation => true;

    public override bool LearnsLabels => false;

    public override bool ReadsBrightness => true;

    public override bool NamesGarments => true;

    public override int OutputsFor(ClassLabels labels) => FiveLabelRule.Offsets.Count;

    public override TResult Accept<TResult>(IHeadVisitor<TResult> visitor) => visitor.Visit(this);

    protected override bool Suits(ClassLabels labels) => labels.FollowBrightness;
}

/// <summary>
/// The layer of a <see cref="GarmentRuleHead"/>: from ten garment logits and the brightness to the log probabilities of the
/// five labels. P(y) = (1 - e) times the softmax of the garments for which the rule gives y, plus e / 5.
/// </summary>
public sealed record GarmentRule : Layer
{
    /// <summary>e: it keeps the logarithm finite.</summary>
    public const double Noise = .001;

    public override string BaseName => "garment_rule";

    public override string Description => "label rule on the brightness";

    public override FeatureShape? OutputOf(FeatureShape input) =>
        input.Side is null && input.Channels == FiveLabelRule.Offsets.Count ? new(FiveLabelRule.Labels, null) : null;

    public override TFeatures Accept<TFeatures>(ILayerVisitor<TFeatures> visitor, LayerPlan plan, TFeatures input) =>
        visitor.Visit(this, plan, input);
}

[JsonDerivedType(typeof(GarmentRuleHead), "garmentRule")]
public abstract partial record Head;

public partial interface IHeadVisitor<TResult>
{
    TResult Visit(GarmentRuleHead head);
}

public partial interface ILayerVisitor<TFeatures>
{
    TFeatures Visit(GarmentRule layer, LayerPlan plan, TFeatures input);
}
