using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Data;

public class SplitIndicesTests
{
    private static readonly SplitIndices Folded = new(LabelScheme.Classes, DatasetSplit.HeldOut, 657, [0, 2, 4, 5, 7], [], [1, 3, 6])
    {
        Folds = [[2, 7], [0, 4], [5]],
    };

    [Theory]
    [InlineData(1, new[] { 0, 4, 5 }, new[] { 2, 7 })]
    [InlineData(2, new[] { 2, 5, 7 }, new[] { 0, 4 })]
    [InlineData(3, new[] { 0, 2, 4, 7 }, new[] { 5 })]
    public void OfTraining_Folds_ValidatesOnItsFoldAndLearnsFromTheOthers(int seed, int[] train, int[] validation)
    {
        var split = Folded.OfTraining(seed);

        Assert.Equal(train, split.Train);
        Assert.Equal(validation, split.Validation);
        Assert.Equal([1, 3, 6], split.Test);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void OfTraining_NoSuchFold_IsRefused(int seed) => Assert.Equal(
        $"seed: expected a fold from 1 to 3, found {seed}.",
        Assert.Throws<InvalidInputException>(() => Folded.OfTraining(seed)).Message);

    [Fact]
    public void OfTraining_NoFolds_IsTheSameForEverySeed()
    {
        var split = new SplitIndices(LabelScheme.Five, DatasetSplit.Original, 657, [0], [1], [2]);

        Assert.Same(split, split.OfTraining(7));
    }

    /// <summary>The split of a run without folds is stored as it was before there were folds.</summary>
    [Fact]
    public void Stored_NoFolds_HasNoFieldOfThem() => Assert.Equal(
        """{"labels":"five","split":"original","seed":657,"train":[0],"validation":[1],"test":[2]}""",
        JsonSerializer.Serialize(new SplitIndices(LabelScheme.Five, DatasetSplit.Original, 657, [0], [1], [2]), Json.Compact));

    [Fact]
    public void Stored_Folds_AreReadAgain()
    {
        var read = JsonSerializer.Deserialize<SplitIndices>(JsonSerializer.Serialize(Folded, Json.Compact), Json.Compact)!;

        Assert.Equal([0, 4, 5], read.OfTraining(1).Train);
    }
}
