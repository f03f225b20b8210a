using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Heads;

public class HeadTests
{
    [Fact]
    public void For_LabelsThatFollowTheBrightness_IsTheHeadItself() => Assert.All(
        (Head[])[new SoftmaxHead(), new LatentOffsetHead(10, 5), new GarmentRuleHead()],
        head => Assert.Same(head, head.For(ClassLabels.Five)));

    /// <summary>Five classes alone say nothing about the brightness.</summary>
    [Fact]
    public void For_OtherLabels_IsASoftmaxHeadHoweverManyTheyAre() => Assert.All(
        (ClassLabels[])[ClassLabels.Garments, ClassLabels.Unnamed(5)], labels =>
        {
            Assert.Equal(new SoftmaxHead(), new LatentOffsetHead(10, 5).For(labels));
            Assert.Equal(new SoftmaxHead(), new GarmentRuleHead().For(labels));
        });

    [Fact]
    public void OutputsFor_FiveLabels_AreLabelsComponentsOrGarments() => Assert.Equal(
        [5, 7, 10],
        ((Head[])[new SoftmaxHead(), new LatentOffsetHead(7, 5), new GarmentRuleHead()]).Select(head => head.OutputsFor(ClassLabels.Five)));

    [Fact]
    public void UsesSideInformation_OnlyTheHeadThatLearnsTheGarments() => Assert.Equal(
        [false, false, true],
        ((Head[])[new SoftmaxHead(), new LatentOffsetHead(7, 5), new GarmentRuleHead()]).Select(head => head.UsesSideInformation));
}
