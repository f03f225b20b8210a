using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ClassStatementsTests
{
    private static readonly ClassLabels Names =
        new(["Class 0", "Class 1", "Class 2", "Class 3", "Class 4"], (_, label) => label, new LabelWording());

    [Fact]
    public void Of_TheStudysModel4_SaysWhatItsTableShows() =>
        // Published: precision .96 for 4, recall .99 and F1 .95 for 0, support 1572 for 2.
        Assert.Equal(
            [
                "Class 4 has the highest precision (0.9600).", "Class 0 has the highest recall (0.9900).",
                "Class 0 has the highest F1 (0.9500).", "Class 2 has the highest support (1,572 images).",
            ],
            ClassStatements.Of(PublishedStudy.Model4PerClass, Names));

    [Fact]
    public void Of_EqualLabels_NamesThemAll() =>
        Assert.Equal(
            "Class 0, Class 1 and Class 2 share the highest precision (0.5000).",
            ClassStatements.Of([new(0, .5, .1, .2, 1), new(1, .5, .2, .3, 2), new(2, .5, .3, .4, 3)], Names)[0]);

    [Fact]
    public void Of_EqualSupport_NamesTheTie() => Assert.Equal(
        "Class 0 and Class 1 share the highest support (1 image).",
        ClassStatements.Of([new(0, .5, .1, .2, 1), new(1, .4, .2, .3, 1)], Names)[^1]);

    /// <summary>Precision without a prediction is undefined, though it is stored as 0.</summary>
    [Fact]
    public void Of_LabelThatIsNeverPredicted_HasNoHighestPrecision() => Assert.Equal(
        ["Class 1 has the highest precision (0.0000).", "Class 0 and Class 1 share the highest recall (0.0000)."],
        ClassStatements.Of([new(0, 0, 0, 0, 1) { Predicted = 0 }, new(1, 0, 0, 0, 2) { Predicted = 1 }], Names).Take(2));

    /// <summary>A name that a user chose begins a sentence as it is.</summary>
    [Fact]
    public void Of_NamesOfAUser_KeepTheirFirstLetter() => Assert.Equal(
        "attic has the highest support (2 images).",
        ClassStatements.Of(
            [new(0, 0, 0, 0, 2), new(1, 0, 0, 0, 1)], Names with { Names = ["attic", "roof"], Titles = ["attic", "roof"] })[^1]);

    [Fact]
    public void Of_FiveLabels_BeginWithACapital() => Assert.StartsWith(
        "Brightness quintile 1 of 5 (Class 0) and brightness quintile 2 of 5 (Class 1) share the highest support",
        ClassStatements.Of([new(0, 0, 0, 0, 1), new(1, 0, 0, 0, 1)], ClassLabels.Five)[^1], StringComparison.Ordinal);

    [Fact]
    public void Of_NoLabels_SaysNothing() => Assert.Empty(ClassStatements.Of([], Names));
}
