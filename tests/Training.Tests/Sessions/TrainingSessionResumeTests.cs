using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>A resumed training ends with the weights and the history of an uninterrupted one, bit for bit.</summary>
public class TrainingSessionResumeTests
{
    /// <summary>After any epoch, also between the two phases (2 + 2 epochs).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resume_AfterEpoch_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.Spec, time: new FakeTimeProvider()), killAfter);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_ChannelsLast_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.WithChannels(64), time: new FakeTimeProvider()), killAfter);

    /// <summary>Dropout and BatchNorm inside residual blocks have masks and statistics of their own.</summary>
    [Fact]
    public void Resume_InsideResidualBlocks_IsBitIdentical() =>
        ExactResume.Check(Tiny.Request(Tiny.Blocks, time: new FakeTimeProvider()), killAfter: 2);

    [Fact]
    public void Resume_OnTwoThreads_IsBitIdentical() =>
        ExactResume.Check(Tiny.Request(Tiny.Spec, threads: 2, time: new FakeTimeProvider()), killAfter: 1);

    [Fact]
    public void Resume_ResNet50BetweenItsPhases_IsBitIdentical() =>
        ExactResume.Check(Tiny.Request(Tiny.ResNet, train: 12, time: new FakeTimeProvider()), killAfter: 1);

    /// <summary>Frozen statistics, statistics that begin to move, and a rate for each group.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Resume_FineTunedResNet18_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.FineTunedResNet18, train: 12, time: new FakeTimeProvider()), killAfter);

    [Fact]
    public void Resume_BeforeTheFirstEpoch_IsBitIdentical() =>
        ExactResume.Check(Tiny.Request(Tiny.Spec, time: new FakeTimeProvider()), killAfter: 0);

    [Fact]
    public void Resume_InsideASchedule_IsBitIdentical()
    {
        var phases = Tiny.Spec.Phases.Select(phase => phase with { Schedule = LearningRateSchedule.OneCycle, WeightDecay = .1 }).ToArray();

        ExactResume.Check(Tiny.Request(Tiny.Spec with { Phases = phases }, time: new FakeTimeProvider()), killAfter: 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_Muon_IsBitIdentical(int killAfter)
    {
        var phases = Tiny.Spec.Phases.Select(phase => phase with { Muon = new Muon(), WeightDecay = .1 }).ToArray();

        ExactResume.Check(Tiny.Request(Tiny.Spec with { Phases = phases }, time: new FakeTimeProvider()), killAfter);
    }

    [Fact]
    public void Resume_ClassWeights_IsBitIdentical() => ExactResume.Check(
        Tiny.Request(Tiny.Spec, time: new FakeTimeProvider()) with { HasClassWeights = true }, killAfter: 2);

    /// <summary>
    /// The search for the offsets belongs to the first epoch. Its result, the random augmentation and the schedule are restored.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_LatentOffsetsWithAugmentation_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.LatentOffsets, time: new FakeTimeProvider()), killAfter);

    [Fact]
    public void Resume_GarmentRule_IsBitIdentical() =>
        ExactResume.Check(
            Tiny.Request(Tiny.LatentOffsets with { Head = new GarmentRuleHead() }, time: new FakeTimeProvider()), killAfter: 2);

    /// <summary>The masks are not part of a checkpoint. A resumed training derives them from the zeros.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resume_Pruned_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.Pruned, time: new FakeTimeProvider()), killAfter);

    /// <summary>Images are left out in the second and third of four epochs; the losses that decide it come from the checkpoint.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resume_WithKnownImagesLeftOut_IsBitIdentical(int killAfter)
    {
        var phase = Tiny.LatentOffsets.Phases[0] with { Epochs = 4, DataPruning = new(.7, WholeEpochs: 1) };
        var spec = Tiny.LatentOffsets with { Phases = [phase] };

        ExactResume.Check(Tiny.Request(spec, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>Before the cut, at the checkpoint before the cut, and after it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resume_ChannelsCutAfterTheSecondEpoch_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Tiny.Slim, time: new FakeTimeProvider()), killAfter);
}
