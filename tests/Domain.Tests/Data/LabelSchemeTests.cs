using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Data;

public class LabelSchemeTests
{
    public static TheoryData<LabelScheme> Schemes => [.. ClassLabels.FashionMnistSchemes];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Of_Scheme_HasClassesAndEveryWording(LabelScheme scheme)
    {
        var labels = ClassLabels.Of(scheme);

        Assert.Equal(labels.Count, labels.Names.Distinct().Count());
        Assert.All(typeof(LabelWording).GetProperties(), text => Assert.NotEqual("", text.GetValue(labels.Wording)));
    }

    /// <summary>A black sandal (5) has brightness 0 plus its offset 40562, above the first of the cuts 34506 and 60652.</summary>
    [Fact]
    public void LabelOf_BlackSandal_IsOneOfFiveAndTheGarmentItself()
    {
        Assert.Equal(1, ClassLabels.Five.LabelOf(new byte[784], 5));
        Assert.Equal(5, ClassLabels.Garments.LabelOf(new byte[784], 5));
    }

    [Fact]
    public void Of_RegisteredSet_AreItsClassesAndNothingElse()
    {
        var labels = ClassLabels.Of(ShapeSet.Bars);

        Assert.Equal(["attic", "floor", "hall", "cellar", "garden"], labels.Names);
        Assert.Equal(("bars", new ImageShape(20, 1)), (labels.Dataset, labels.Images));
        Assert.False(labels.FollowBrightness || labels.AreOrdered || labels.ArePublished || labels.AreOfFashionMnist);
        Assert.Equal("Each image is 20 × 20 grey pixels and has one of 5 classes.", labels.Wording.Images);
    }

    [Fact]
    public void Of_ClassesOfNoSet_AreRefused() =>
        Assert.Equal("labels: fashion-mnist has the labels five and garments, not its own classes.",
            Assert.Throws<InvalidInputException>(() => ClassLabels.Of(LabelScheme.Classes)).Message);

    [Fact]
    public void Unnamed_FiveClasses_FollowNoRule()
    {
        var labels = ClassLabels.Unnamed(5);

        Assert.Equal(5, labels.Count);
        Assert.False(labels.FollowBrightness || labels.AreOrdered || labels.ArePublished);
    }
}
