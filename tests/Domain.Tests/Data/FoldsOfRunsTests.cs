using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

/// <summary>How the images of a run are dealt to folds.</summary>
public class FoldsOfRunsTests
{
    /// <summary>Six of 36 images are test images; the others are dealt to three folds.</summary>
    [Fact]
    public void Choose_FoldsOfASetWithoutTestPart_PartsWhatTheTestLeaves()
    {
        byte[] labels = [.. Enumerable.Range(0, 36).Select(row => (byte)(row % 2))];
        var settings = Settings(DatasetSplit.HeldOut) with { Folds = 3 };

        var split = DatasetSplits.Choose(labels, [], settings);

        Assert.Equal(Enumerable.Range(0, 36), split.Train.Concat(split.Test).Order());
        Assert.Equal(6, split.Test.Length);
        Assert.Equal(split.Train, split.Folds!.SelectMany(fold => fold).Order());
        Assert.Equal([10, 10, 10], split.Folds!.Select(fold => fold.Length));
        Assert.Empty(split.Validation);
    }

    /// <summary>The folds share as many images as the training and validation sets of a run without folds have.</summary>
    [Fact]
    public void Choose_FoldsWithLimits_DealsTrainingAndValidationImagesTogether()
    {
        var settings = Settings(DatasetSplit.Original) with { Folds = 4, TrainLimit = 16, ValidationLimit = 4 };

        var split = DatasetSplits.Choose(new byte[100], new byte[10], settings);

        Assert.Equal([5, 5, 5, 5], split.Folds!.Select(fold => fold.Length));
        Assert.Equal(Enumerable.Range(0, 10), split.Test);
    }

    private static SplitSettings Settings(DatasetSplit split) => new()
    {
        Labels = LabelScheme.Classes,
        Split = split,
        Seed = 657,
        ValidationShare = .2,
    };
}
