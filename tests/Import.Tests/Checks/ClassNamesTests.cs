using ServerlessFashion.Import.Checks;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Tests.Checks;

public sealed class ClassNamesTests
{
    private static readonly ReadContext Context = new("source", ReadOptions.Default, _ => { });

    [Fact]
    public void Of_Numbers_AreSortedByValue() =>
        Assert.Equal(["-1", "2", "10"], ClassNames.Of(["10", "2", "-1"], null, Context).Names);

    [Fact]
    public void Of_Texts_AreSortedByTheirCharacters() =>
        Assert.Equal(["10 cats", "Dog", "ant"], ClassNames.Of(["ant", "10 cats", "Dog"], null, Context).Names);

    [Fact]
    public void Of_ListOfTheSameClasses_GivesTheirOrder()
    {
        var names = ClassNames.Of(["a", "b", "c"], ["c", "a", "b", "d"], Context);

        Assert.Equal(["c", "a", "b"], names.Names);
        Assert.Equal((1, 2, 0), (names.LabelOf["a"], names.LabelOf["b"], names.LabelOf["c"]));
        Assert.Equal(["d"], names.Unused);
    }

    [Fact]
    public void Of_ListForNumbers_NamesTheLabelsFrom0()
    {
        var names = ClassNames.Of(["2", "0"], ["zero", "one", "two"], Context);

        Assert.Equal(["zero", "two"], names.Names);
        Assert.Equal(1, names.LabelOf["2"]);
        Assert.Equal(["one"], names.Unused);
    }

    /// <summary>EMNIST letters are numbered from 1.</summary>
    [Fact]
    public void Of_AsManyNamesAsNumbersFrom1_NamesThemInOrder() =>
        Assert.Equal(["A", "B"], ClassNames.Of(["2", "1"], ["A", "B"], Context).Names);

    /// <summary>The first lines of emnist-letters-mapping.txt: label, capital letter, small letter.</summary>
    [Fact]
    public void Of_MappingOfEmnist_GivesTheCharacters() =>
        Assert.Equal(["A", "C"], ClassNames.Of(["3", "1"], ["1 65 97", "2 66 98", "3 67 99"], Context).Names);

    [Fact]
    public void Of_ListThatDoesNotFit_IsRefused() => Assert.Equal(
        "source: the list of class names has 2 lines, but the source has 3 classes ('a, b, c').",
        Assert.Throws<InvalidInputException>(() => ClassNames.Of(["a", "b", "c"], ["x", "y"], Context)).Message);

    [Fact]
    public void Of_NameTwice_IsRefused() => Assert.Equal(
        "source: two classes have the name 'x'.",
        Assert.Throws<InvalidInputException>(() => ClassNames.Of(["a", "b"], ["x", "x"], Context)).Message);
}
