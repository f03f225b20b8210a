using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class TrainingRequestChecksTests
{
    public static TheoryData<bool[], string> UnusablePhases => new()
    {
        { [true], "phases of tiny-slim: expected an epoch after the wide phase phase 1, found none." },
        { [false, true, false], "phases of tiny-slim: phase phase 2 is wide, and channels were cut before it." },
        { [], "phases of tiny-slim: expected at least one epoch, found none." },
    };

    [Theory]
    [MemberData(nameof(UnusablePhases))]
    public void RequireTrainable_UnusablePhases_IsRefused(bool[] wide, string message)
    {
        var phases = wide.Select(
            (isWide, i) => new TrainingPhase($"phase {i + 1}", 1, 1e-3, TrainableLayers.All) { Wide = isWide });

        AssertRefused(message, Tiny.Request(Tiny.Slim with { Phases = [.. phases] }));
    }

    [Fact]
    public void RequireTrainable_NarrowPhaseAfterTheWideOne_IsAccepted() => Tiny.Request(Tiny.Slim).RequireTrainable();

    [Fact]
    public void RequireTrainable_AugmentationThatChangesLabels_IsRefused()
    {
        var phase = Tiny.Spec.Phases[0] with { Augmentation = new Augmentation { ZoomShare = .1 } };

        var refused = Assert.Throws<InvalidInputException>(Tiny.Request(Tiny.Spec with { Phases = [phase] }).RequireTrainable);

        Assert.StartsWith("augmentation of tiny: zoom changes 17 % of the five labels", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireTrainable_FiltersThatAreNoMultipleOf16_IsRefused() => AssertRefused(
        "model tiny: the filters of a convolution should be a multiple of 16, found 6 in conv2d.",
        Tiny.Request(Tiny.Spec with { Layers = [new Conv2D(6, 3, Padding.Same), new Flatten()] }));

    [Fact]
    public void RequireTrainable_ConfigurationOfAnotherModel_IsRefused()
    {
        var request = Tiny.Request(Tiny.Spec);

        AssertRefused(
            "configuration: expected model tiny, found model1.",
            request with { Configuration = request.Configuration with { Name = "model1" } });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void RequireTrainable_TooFewImages_IsRefused(int train, int validation)
    {
        var request = Tiny.Request(Tiny.Spec);

        AssertRefused(
            $"data: expected at least 2 training images and 1 validation image, found {train} and {validation}.",
            request with { Data = request.Data with { Train = Black(train), Validation = Black(validation) } });
    }

    [Fact]
    public void RequireTrainable_BatchOfOne_IsRefused() =>
        AssertRefused("batchSize of tiny: expected at least 2, found 1.", Tiny.Request(Tiny.Spec with { BatchSize = 1 }));

    private static LabelledImages Black(int count) => LinearTraining.Black(new byte[count]);

    private static void AssertRefused(string message, TrainingRequest request) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(request.RequireTrainable).Message);
}
