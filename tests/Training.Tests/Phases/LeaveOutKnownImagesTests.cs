using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Phases;

public sealed class LeaveOutKnownImagesTests : IDisposable
{
    private readonly ImageTensors _images = new(LinearTraining.Black(new byte[40]), InputTransform.Grey28, CPU);
    private readonly LeaveOutKnownImages _callback;

    public LeaveOutKnownImagesTests()
    {
        _callback = new LeaveOutKnownImages(new DataPruning(.75, WholeEpochs: 1), epochs: 3, seed: 1, _images);
    }

    private static EpochImages All { get; } = new([.. Enumerable.Range(0, 40).Select(image => (long)image)], null);

    public void Dispose()
    {
        _callback.Dispose();
        _images.Dispose();
    }

    /// <summary>One image in forty is hard. Each of the others stays with probability 1/4 and then counts four times.</summary>
    [Fact]
    public void Choose_EpochBeforeTheWholeOnes_KeepsTheHardImageAndSomeOthers()
    {
        RestoreOneHardImage();

        var chosen = _callback.Choose(All, new PhaseEpoch(0, 2), epoch: 2);

        Assert.InRange(chosen.Order.Length, 2, 39);
        Assert.Equal(0, chosen.Order[0]);
        Assert.Equal([1, .. Enumerable.Repeat(4f, chosen.Order.Length - 1)], chosen.Counts!);
    }

    [Fact]
    public void Choose_LastEpoch_KeepsEveryImage()
    {
        RestoreOneHardImage();

        Assert.Same(All, _callback.Choose(All, new PhaseEpoch(0, 3), epoch: 3));
    }

    [Fact]
    public void State_AfterABatch_HoldsTheLossesOfItsImages()
    {
        using var losses = tensor(new[] { .5f, 2f });

        _callback.Measured([3, 1], losses);

        var state = Assert.Single(_callback.State());
        Assert.Equal("losses", state.Name);
        Assert.Equal([40], state.Shape);
        const float Unknown = float.PositiveInfinity;
        Assert.Equal([Unknown, 2, Unknown, .5f, Unknown], state.Values()[..5]);
    }

    [Fact]
    public void Restore_StoredLosses_AreTheStateAgain()
    {
        RestoreOneHardImage();

        Assert.Equal([9, 1, 1], Assert.Single(_callback.State()).Values()[..3]);
    }

    private void RestoreOneHardImage() =>
        _callback.Restore((_, shape) => new WeightTensor(shape, [9, .. Enumerable.Repeat(1f, 39)]));
}
