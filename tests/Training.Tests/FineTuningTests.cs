using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

/// <summary>The recipe of <see cref="FineTunedModels"/>: what each phase moves, and how far.</summary>
public class FineTuningTests
{
    private static readonly string[] Groups =
        ["resnet50.conv1.", "resnet50.bn1.", "resnet50.layer1.", "resnet50.layer2.", "resnet50.layer3.", "resnet50.layer4."];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Stage by stage, and with a stage its BatchNorms' statistics; what is frozen is equal to the bit.</summary>
    [Fact]
    public void RunEpoch_PhaseByPhase_MovesWeightsAndStatisticsOfTheThawedStagesOnly()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.FineTuned, train: 8));
        string[][] moved = [[], ["resnet50.layer4."], ["resnet50.layer3.", "resnet50.layer4."], Groups];
        var before = session.ReadWeights();
        foreach (var groups in moved)
        {
            session.RunEpoch(null, Cancellation);
            var after = session.ReadWeights();

            Assert.All(after, weight =>
            {
                var thawed = !weight.Key.StartsWith("resnet50.", StringComparison.Ordinal)
                    || groups.Any(group => weight.Key.StartsWith(group, StringComparison.Ordinal));
                Assert.True(
                    thawed != weight.Value.Values.SequenceEqual(before[weight.Key].Values),
                    $"{weight.Key} in phase {session.History[^1].Phase}");
            });
            before = after;
        }

        Assert.True(session.Finished);
    }

    /// <summary>
    /// Adam's first step is the learning rate against the gradient's sign, rate * g / (|g| + epsilon), so the largest change in a
    /// group is the group's rate: 3e-4 * 2.6^-k for k groups below the head.
    /// </summary>
    [Fact]
    public void RunEpoch_OneStepWithEverythingThawed_MovesEachGroupByItsOwnRate()
    {
        var all = Tiny.FineTuned.Phases[^1] with { Schedule = LearningRateSchedule.Constant };
        using var session = TrainingSession.Start(Tiny.Request(Tiny.FineTuned with { Phases = [all], BatchSize = 8 }, train: 8));
        var before = session.ReadWeights();

        session.RunEpoch(null, Cancellation);
        var after = session.ReadWeights();

        var groupsBelow = new Dictionary<string, int>
        {
            ["classifier."] = 0,
            ["dense."] = 0,
            ["resnet50.layer4."] = 1,
            ["resnet50.layer3."] = 2,
            ["resnet50.layer2."] = 3,
            ["resnet50.layer1."] = 4,
            ["resnet50.conv1."] = 5,
        };
        Assert.All(groupsBelow, group =>
        {
            var largest = before
                .Where(weight => weight.Key.StartsWith(group.Key, StringComparison.Ordinal)
                    && !weight.Key.Contains("running", StringComparison.Ordinal))
                .SelectMany(weight => weight.Value.Values.Zip(after[weight.Key].Values, (a, b) => Math.Abs((double)b - a))).Max();
            var rate = 3e-4 * Math.Pow(2.6, -group.Value);
            Assert.True(Math.Abs(largest / rate - 1) < .02, $"{group.Key} moved by {largest}, its rate is {rate}");
        });
    }

    /// <summary>After the head's phase, whose second moments would differ if anything else had been stepped.</summary>
    [Fact]
    public void Resume_BetweenThePhases_IsBitIdentical()
    {
        var spec = Tiny.FineTuned with { Phases = [.. Tiny.FineTuned.Phases.Take(2)] };
        var request = Tiny.Request(spec, train: 8, time: new FakeTimeProvider());
        using var whole = TrainingSession.Start(request);
        whole.RunEpoch(null, Cancellation);
        using var checkpoint = new MemoryStream();
        whole.SaveCheckpoint(checkpoint);
        checkpoint.Position = 0;
        using var resumed = TrainingSession.Resume(request, checkpoint);

        whole.RunEpoch(null, Cancellation);
        resumed.RunEpoch(null, Cancellation);

        Assert.Equal(whole.History, resumed.History);
        var (expected, found) = (whole.ReadWeights(), resumed.ReadWeights());
        Assert.All(expected, weight => Assert.Equal(weight.Value.Values, found[weight.Key].Values));
    }
}
