using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class PhaseCallbacksTests
{
    [Fact]
    public void Of_PlainPhase_OnlyFreezes() => Assert.Equal(["Freeze"], Names(Tiny.Spec, 0));

    [Fact]
    public void Of_PhaseWithEverything_HasACallbackForEachInTheOrderOfTheLoop()
    {
        var spec = Tiny.Spec with
        {
            Phases =
            [
                Tiny.Spec.Phases[0] with { Pruning = new(0, .5), DataPruning = new(.5, 1), Augmentation = new() { Flip = Flip.Random } },
            ],
        };

        Assert.Equal(["Freeze", "PruneKernels", "LeaveOutKnownImages", "Augmenter"], Names(spec, 0));
    }

    [Fact]
    public void Of_FirstNarrowPhaseBehindAWideOne_CutsChannelsFirst()
    {
        Assert.Equal(["Freeze"], Names(Tiny.Slim, 0));
        Assert.Equal(["CutChannels", "Freeze"], Names(Tiny.Slim, 1));
    }

    /// <summary>A wide phase without epochs was never trained, so the network is narrow from the start.</summary>
    [Fact]
    public void Of_WidePhaseWithoutEpochs_CutsNothing()
    {
        var spec = Tiny.Slim with { Phases = [Tiny.Slim.Phases[0] with { Epochs = 0 }, Tiny.Slim.Phases[1]] };

        Assert.Equal(["Freeze"], Names(spec, 1));
    }

    private static IEnumerable<string> Names(ModelSpec spec, int phase)
    {
        var request = Tiny.Request(spec);
        using var images = new ImageTensors(request.Data.Train, spec.Input, CPU);
        var callbacks = PhaseCallbacks.Of(request, phase, images);
        foreach (var callback in callbacks)
        {
            callback.Dispose();
        }

        return callbacks.Select(callback => callback.GetType().Name);
    }
}
