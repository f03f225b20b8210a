using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

public class StartWeightsTests
{
    private static readonly PreparedWeights Missing = new(
        "resnet50-0676ba61.pth", Blob: null, "the file cannot be downloaded from mirror.example (refused)", "put it into cache");

    [Fact]
    public void Of_MissingWeights_FailsInOneSentenceWithEveryRemedy() => Assert.Equal(
        "resnet50: the file cannot be downloaded from mirror.example (refused); put it into cache, or allow random weights "
        + "(--allow-random-weights, over HTTP allowRandomWeights).",
        Assert.Throws<InvalidInputException>(() => Of(StudyModels.ResNet50, Missing, allowRandom: false)).Message);

    [Fact]
    public void Of_MissingWeightsWhereRandomOnesAreAllowed_NamesTheReason() => Assert.Equal(
        new StartWeights(
            null, null, "random (ImageNet weights unavailable: the file cannot be downloaded from mirror.example (refused))"),
        Of(StudyModels.ResNet50, Missing, allowRandom: true));

    [Fact]
    public void Of_StoredFile_IsItsBlob() => Assert.Equal(
        new StartWeights(ImageNetFile.ResNet50, "weights/a", "ImageNet (resnet50-0676ba61.pth)"),
        Of(StudyModels.ResNet50, new("resnet50-0676ba61.pth", "weights/a")));

    [Fact]
    public void Of_FileOfTheProgram_HasNoBlob() => Assert.Equal(
        new StartWeights(ImageNetFile.ResNet18, null, "ImageNet (ResNet18.onnx)"),
        Of(TransferModels.FineTuned, new("ResNet18.onnx", Blob: null)));

    [Fact]
    public void Of_ModelsWithoutImageNet_NameTheirInitialisation()
    {
        Assert.Equal("Glorot uniform", Of(StudyModels.Model1).Note);
        Assert.Equal("He normal (base), Glorot uniform (head)", Of(TransferModels.FromRandom).Note);
    }

    /// <summary>Such runs keep the weights with which they began.</summary>
    [Theory]
    [InlineData("weights/resnet50-0676ba61.pth", "ImageNet (resnet50-0676ba61.pth)")]
    [InlineData(null, "random (ImageNet weights unavailable: no network)")]
    public void Of_RunOfAnEarlierVersion_KeepsItsWeights(string? blob, string note)
    {
        var prepared = Prepared() with { ImageNetWeightsBlob = blob, ImageNetWeightsNote = note, ImageNet = null };

        var start = StartWeights.Of(Run(StudyModels.ResNet50, allowRandom: false), StudyModels.ResNet50, prepared);

        Assert.Equal((blob, note), (start.Blob, start.Note));
        Assert.Equal(blob is null, start.File is null);
    }

    private static StartWeights Of(ModelSpec spec, PreparedWeights? weights = null, bool allowRandom = false) =>
        StartWeights.Of(Run(spec, allowRandom), spec, Prepared() with { ImageNet = weights is null ? null : [weights] });

    private static RunDefinition Run(ModelSpec spec, bool allowRandom) => Presets.Configure(
        new ComparisonOptions { Preset = "smoke", Models = [spec.Name], AllowRandomWeights = allowRandom }, _ => 1);

    private static PreparedData Prepared() => new("fashion-mnist/", "run/split.json", 3, 2, 1, "ab", null, null);
}
