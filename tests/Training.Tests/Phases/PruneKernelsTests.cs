using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

/// <summary>The kernel has 5 x 784 weights with the values 1 to 3,920; half of them are 1,960.</summary>
public sealed class PruneKernelsTests : IDisposable
{
    private const int Half = 1960;

    private readonly LinearTraining _training;
    private readonly PruneKernels _callback;

    public PruneKernelsTests()
    {
        var phase = LinearTraining.PhaseOf(learningRate: 1e-3, epochs: 1) with { Pruning = new Pruning(0, .5) };
        _training = new LinearTraining([0, 1], phase);
        _callback = new PruneKernels(phase);
        using var noGradient = no_grad();
        using var values = arange(1, (2 * Half) + 1, dtype: ScalarType.Float32).view(5, 784);
        _training.Model.Network.Weight(LinearTraining.Kernel).copy_(values);
    }

    public void Dispose()
    {
        _callback.Dispose();
        _training.Dispose();
    }

    [Fact]
    public void BeginEpoch_LastEpochOfThePhase_SetsTheSmallerHalfToZero()
    {
        _callback.BeginEpoch(_training.Model, new PhaseEpoch(0, 1));

        var values = _training.Read(LinearTraining.Kernel);
        Assert.All(values[..Half], value => Assert.Equal(0, value));
        Assert.Equal(Enumerable.Range(Half + 1, Half).Select(value => (float)value), values[Half..]);
    }

    [Fact]
    public void Updated_AfterAStep_SetsThePrunedWeightsToZeroAgain()
    {
        _callback.BeginEpoch(_training.Model, new PhaseEpoch(0, 1));
        using (no_grad())
        {
            _training.Model.Network.Weight(LinearTraining.Kernel).add_(1);
        }

        _callback.Updated();

        var values = _training.Read(LinearTraining.Kernel);
        Assert.All(values[..Half], value => Assert.Equal(0, value));
        Assert.Equal(Half + 2, values[Half]);
    }
}
