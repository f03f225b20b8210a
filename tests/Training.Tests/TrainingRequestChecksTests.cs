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
    public void Start_PhasesThatNoNarrowNetworkComesFrom_AreRefused(bool[] wide, string message)
    {
        var spec = Tiny.Slim with { Phases = [.. wide.Select((isWide, i) => new TrainingPhase($"phase {i + 1}", 1, 1e-3, TrainableLayers.All) { Wide = isWide })] };

        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }

    [Fact]
    public void Start_AugmentationThatChangesLabels_IsRefusedInOneSentence()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 1, 1e-3, TrainableLayers.All) { Augmentation = new Augmentation { ZoomShare = .1 } }] };

        var refused = Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec)));

        Assert.StartsWith("augmentation of tiny: zoom changes 17 % of the five labels", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_FiltersThatOneDnnGetsWrong_AreRefused()
    {
        var spec = Tiny.Spec with { Layers = [new Conv2D(6, 3, Padding.Same), new Flatten()] };

        Assert.Equal(
            "model tiny: the filters of a convolution should be a multiple of 16, found 6.",
            Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }
}
