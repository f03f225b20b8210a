using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class LabelPreservationTests
{
    public static TheoryData<Augmentation, string> Refused => new()
    {
        { new Augmentation { ZoomShare = .05 }, "zoom changes 17 %" },
        { new Augmentation { CutoutPixels = 8 }, "cutout changes 23.5 %" },
        { new Augmentation { RotationDegrees = 9 }, "rotation keeps the five labels up to 8 degrees" },
        { new Augmentation { ShiftPixels = 2 }, "shift keeps the five labels up to 1 pixel" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Require_ChangesLabelsOfAPlainModel_IsRefusedInOneSentence(Augmentation augmentation, string reason)
    {
        var refused = Assert.Throws<InvalidInputException>(
            () => LabelPreservation.Require(augmentation, new SoftmaxHead(), ClassLabels.Five, "model4"));

        Assert.StartsWith($"augmentation of model4: {reason}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Garments keep their label under every augmentation, and these heads use the brightness of the unchanged image.</summary>
    [Fact]
    public void Require_GarmentsOrAHeadThatReadsTheBrightness_AllowsWhatAPlainModelMayNotUse() => Assert.All(Refused, row =>
    {
        Augmentation augmentation = row.Data.Item1;
        LabelPreservation.Require(augmentation, new SoftmaxHead(), ClassLabels.Garments, "model4");
        LabelPreservation.Require(augmentation, new LatentOffsetHead(10, 1), ClassLabels.Five, "strong");
        LabelPreservation.Require(augmentation, new GarmentRuleHead(), ClassLabels.Five, "strong-garments");
    });

    [Fact]
    public void Require_WhatChangesLessThanTwoPercent_IsAllowed() => Assert.All(
        LabelPreservation.Measured.Where(effect => effect.ChangedShare <= LabelPreservation.Allowed),
        effect => LabelPreservation.Require(effect.Augmentation, new SoftmaxHead(), ClassLabels.Five, "model4"));
}
