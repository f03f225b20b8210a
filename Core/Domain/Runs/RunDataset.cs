using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Runs;

/// <summary>What the data set of a new run decides about its options and models.</summary>
/// <param name="Set">The registered data set; null for Fashion-MNIST.</param>
internal sealed record RunDataset(DatasetDescription? Set)
{
    private const LabelScheme DefaultLabels = LabelScheme.Five;
    private const DatasetSplit DefaultSplit = DatasetSplit.Competition;

    public string Sha256 => Set?.Sha256 ?? FashionMnist.PublishedSha256;

    public double? TestShare => Set is { TestCount: 0 } ? SplitSettings.DefaultTestShare : null;

    /// <exception cref="InvalidInputException">The options name labels that the data set does not have.</exception>
    public LabelScheme LabelsOf(ComparisonOptions options)
    {
        if (Set is null)
        {
            var labels = options.Labels ?? DefaultLabels;
            ClassLabels.Of(labels);
            return labels;
        }

        return options.Labels is null or LabelScheme.Classes
            ? LabelScheme.Classes
            : throw new InvalidInputException(
                $"labels: '{Lower(options.Labels)}' belongs to {DatasetDescription.FashionMnistName}; {Set.Name} has its own classes, so "
                + "leave the labels out.");
    }

    /// <summary>The classes of the labels that <see cref="LabelsOf"/> gave.</summary>
    public ClassLabels ClassesOf(LabelScheme labels) => Set is null ? ClassLabels.Of(labels) : ClassLabels.Of(Set);

    /// <exception cref="InvalidInputException">The options name a split that the data set does not have.</exception>
    public DatasetSplit SplitOf(ComparisonOptions options)
    {
        if (Set is null)
        {
            return options.Split is DatasetSplit.HeldOut
                ? throw new InvalidInputException(
                    $"split: {DatasetDescription.FashionMnistName} has its own test images; the split is competition or original.")
                : options.Split ?? DefaultSplit;
        }

        var own = Set.TestCount == 0 ? DatasetSplit.HeldOut : DatasetSplit.Original;
        return options.Split is null || options.Split == own
            ? own
            : throw new InvalidInputException(
                $"split: {Set.Name} has no split '{Lower(options.Split)}'; its test images are "
                + (Set.TestCount == 0 ? "a share that is held out by seed" : "those of its test part") + ", so leave the split out.");
    }

    /// <summary>The models for this data set. A model that it does not allow is left out, unless it is named.</summary>
    /// <param name="areNamed">Whether the caller named the models; otherwise they are those of a preset.</param>
    /// <returns>The models, and one sentence for each that is left out.</returns>
    /// <exception cref="InvalidInputException">A named model cannot be used, or no model is left.</exception>
    public (List<ModelSpec> Specs, List<string> LeftOut) Adapt(IReadOnlyList<ModelSpec> specs, bool areNamed)
    {
        if (Set is null)
        {
            return ([.. specs], []);
        }

        var (adapted, leftOut) = (new List<ModelSpec>(), new List<string>());
        foreach (var spec in specs)
        {
            try
            {
                adapted.Add(Adapt(spec, Set));
            }
            catch (InvalidInputException refusal) when (!areNamed)
            {
                leftOut.Add(refusal.Message);
            }
        }

        return adapted is [] ? throw new InvalidInputException($"models: none suits {Set.Name}: {leftOut[0]}") : (adapted, leftOut);
    }

    /// <summary>The recipe for as many training images as the set has; Fashion-MNIST's own for Fashion-MNIST.</summary>
    /// <param name="trainLimit">Most training images of the run; null for all.</param>
    public ModelConfiguration Fit(ModelConfiguration recipe, int? trainLimit, double validationShare)
    {
        if (Set is null)
        {
            return recipe;
        }

        var limit = trainLimit ?? int.MaxValue;
        return SmallSetRecipe.Fit(
            recipe, Math.Min(limit, TrainImages(Set.TrainCount, TestShare ?? 0)), Math.Min(limit, TrainImages(FashionMnist.TrainCount, 0)));

        int TrainImages(int train, double testShare) => (int)(train * (1 - testShare) * (1 - validationShare));
    }

    /// <summary>Refuses a run in which a class would have no image to train on, to choose by, or to be tested on.</summary>
    /// <exception cref="InvalidInputException">A class is too small; the message names it with its images, and the remedy.</exception>
    public void CheckImages(RunConfiguration run)
    {
        if (Set is null)
        {
            return;
        }

        var settings = run.ToSplitSettings();
        var whole = SplitCounts.Of(Set.TrainPerClass, settings with { TrainLimit = null, ValidationLimit = null });
        var drawn = SplitCounts.Of(Set.TrainPerClass, settings);
        CheckSize(Set, drawn, settings);
        foreach (var (label, name) in Set.Classes.Index())
        {
            var images = $"{Set.Name} has {Quantity.Of(Set.TrainPerClass[label], "training image")} of class '{name}'";
            var lacksTest = whole.HeldOutTest is { } test && test[label] == 0;
            if (lacksTest || whole.Train[label] == 0 || whole.Validation[label] == 0)
            {
                throw new InvalidInputException(settings.Folds is { } folds && !lacksTest
                    ? $"folds: {images}{LeftForFolds(whole, label)}, and each of {folds} folds needs one; add images of that class, or "
                        + "choose fewer folds."
                    : $"dataset: {images}, too few for the shares of {Sets(whole)} images; add images of that class, or register the "
                        + "set without it.");
            }

            if (drawn.Train[label] == 0 || drawn.Validation[label] == 0)
            {
                throw new InvalidInputException(
                    $"preset: {images}, which {run.Preset} would miss among the {run.TrainLimit + run.ValidationLimit} images that it "
                    + "takes for training and validation; choose a preset with more images, or add images of that class.");
            }
        }
    }

    /// <summary>Each set of a run is one array in memory.</summary>
    private static void CheckSize(DatasetDescription set, SplitCounts drawn, SplitSettings settings)
    {
        var fold = settings.Folds is null ? 0 : drawn.Validation.Sum();
        var test = Math.Min(drawn.HeldOutTest?.Sum() ?? set.TestCount, settings.TestLimit ?? int.MaxValue);
        var most = Math.Max(Math.Max(drawn.Train.Sum() - fold, drawn.Validation.Sum()), test);
        if ((long)most * set.ImageBytes > Array.MaxLength)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"preset: {most} images of {set.Name} take {(double)most * set.ImageBytes / (1L << 30):0.0} GiB, and a run holds at most "
                    + $"2 GiB for each of training, validation and test; choose a preset with fewer images, such as quick, or register the "
                    + $"set with smaller images."));
        }
    }

    private static string LeftForFolds(SplitCounts counts, int label) => counts.HeldOutTest is { } test
        ? $", {test[label]} of them for the test"
        : "";

    private static string Sets(SplitCounts counts) =>
        counts.HeldOutTest is null ? "training and validation" : "training, validation and test";

    private static ModelSpec Adapt(ModelSpec spec, DatasetDescription set)
    {
        var adapted = ModelCatalogue.ForOtherImages(spec) ?? throw new InvalidInputException(
            $"model {spec.Name}: it uses the garments or the label rule of {DatasetDescription.FashionMnistName}, which {set.Name} does "
            + "not have.");
        var labels = ClassLabels.Of(set);
        foreach (var phase in adapted.Phases)
        {
            adapted.PlanOf(phase, labels);
        }

        return adapted;
    }

    private static string Lower<T>(T value) => $"{value}".ToLowerInvariant();
}
