using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public class PhaseCallbackTests
{
    /// <summary>A callback overrides only the moments that it needs. The others change nothing.</summary>
    [Fact]
    public void Defaults_NothingOverridden_ChangeNothing()
    {
        using var training = new LinearTraining([0, 1], LinearTraining.PhaseOf(1e-3));
        using var callback = new Idle();
        var chosen = new EpochImages([1, 0], null);
        using var images = zeros(2, 1, 28, 28);

        callback.Begin(training.Model);
        callback.Open(training.Model);
        callback.BeginEpoch(training.Model, new PhaseEpoch(0, 1));
        callback.Updated();
        callback.Restore((name, _) => throw new InvalidOperationException($"{name} should not be read."));

        Assert.Same(chosen, callback.Choose(chosen, new PhaseEpoch(0, 1), epoch: 1));
        Assert.Same(images, callback.Change(images, [1, 0], epoch: 1, step: 0));
        Assert.Empty(callback.State());
        Assert.All(training.Read(LinearTraining.Kernel), value => Assert.Equal(0, value));
    }

    private sealed class Idle : PhaseCallback;
}
