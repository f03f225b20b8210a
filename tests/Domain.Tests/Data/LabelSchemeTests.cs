using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class LabelSchemeTests
{
    public static TheoryData<LabelScheme> Schemes => [.. Enum.GetValues<LabelScheme>()];

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
    public void Unnamed_FiveClasses_FollowNoRule()
    {
        var labels = ClassLabels.Unnamed(5);

        Assert.Equal(5, labels.Count);
        Assert.False(labels.FollowBrightness || labels.AreOrdered || labels.ArePublished);
    }
}
