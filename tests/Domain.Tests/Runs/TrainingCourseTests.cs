using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

/// <summary>Expected places are worked out by hand.</summary>
public class TrainingCourseTests
{
    /// <summary>2 epochs, none, at most 5 with patience 2, and 3.</summary>
    private static readonly TrainingPhase[] Phases =
    [
        new("first", 2, 1, TrainableLayers.All),
        new("empty", 0, 1, TrainableLayers.All),
        new("watched", 5, 1, TrainableLayers.All) { Patience = 2 },
        new("last", 3, 1, TrainableLayers.All),
    ];

    private static TrainingCourse After(params double[] accuracies) =>
        TrainingCourse.Of(Phases, accuracies.Select((accuracy, i) => new EpochRow(i + 1, "", 0, 0, 0, accuracy, 0, 0)));

    [Fact]
    public void Of_NoEpoch_BeginsWithTheFirst()
    {
        var course = After();

        Assert.Equal((new PhaseEpoch(0, 1), 10, 10, false, false),
            (course.Next, course.TotalEpochs, course.PlannedEpochs, course.Finished, course.StoppedEarly));
    }

    [Fact]
    public void Of_FirstPhaseDone_PassesOverAPhaseWithoutEpochs() => Assert.Equal(new PhaseEpoch(2, 1), After(.9, .8).Next);

    /// <summary>An earlier phase's accuracy does not count: .5 is the watched phase's best, and two epochs do not reach it.</summary>
    [Fact]
    public void Of_PatienceSpent_EndsThePhaseAndTakesItsRestOffTheTotal()
    {
        var course = After(.9, .8, .5, .5, .4);

        Assert.Equal([new(0, 1), new(0, 2), new(2, 1), new(2, 2), new(2, 3)], course.Done);
        Assert.Equal((new PhaseEpoch(3, 1), 8, 10, false, true),
            (course.Next, course.TotalEpochs, course.PlannedEpochs, course.Finished, course.StoppedEarly));
    }

    [Fact]
    public void Of_AccuracyThatRises_RunsThePhaseToItsEnd()
    {
        var course = After(.9, .8, .1, .2, .3, .4, .5);

        Assert.Equal((new PhaseEpoch(3, 1), 10), (course.Next, course.TotalEpochs));
    }

    [Fact]
    public void Of_LastPhaseDone_IsFinishedAtAsManyEpochsAsWereDone()
    {
        var course = After(.9, .8, .5, .5, .4, .1, .1, .1);

        Assert.Equal((null, 8, true, true), (course.Next, course.TotalEpochs, course.Finished, course.StoppedEarly));
    }

    [Fact]
    public void Of_LastPhaseOutOfPatience_IsFinishedEarly()
    {
        TrainingPhase[] phases = [Phases[0], Phases[2]];
        var course = TrainingCourse.Of(phases, Enumerable.Range(1, 5).Select(epoch => new EpochRow(epoch, "", 0, 0, 0, .5, 0, 0)));

        Assert.Equal((null, 5, 7, true), (course.Next, course.TotalEpochs, course.PlannedEpochs, course.Finished));
    }

    [Fact]
    public void BestOf_EqualAccuracies_IsTheEarliest() =>
        Assert.Equal(2, TrainingCourse.BestOf([Phases[0]], Rows(.7, .8, .8))!.Epoch);

    [Fact]
    public void BestOf_NoEpoch_IsNull() => Assert.Null(TrainingCourse.BestOf(Phases, []));

    /// <summary>Two whole epochs, two of pruning and one with the final weights: epochs 4 and 5 have the final form.</summary>
    [Theory]
    [InlineData(new[] { .80, .85 }, 2)]
    [InlineData(new[] { .80, .85, .84, .82, .83 }, 5)]
    public void BestOf_PrunedNetwork_IsOfTheFinalFormOnceThereIsOne(double[] accuracies, int expected)
    {
        TrainingPhase[] phases =
            [.. ModelCatalogue.Get("model4-pruned").Phases.Zip([2, 2, 1], (phase, epochs) => phase with { Epochs = epochs })];

        Assert.Equal(expected, TrainingCourse.BestOf(phases, Rows(accuracies))!.Epoch);
    }

    private static EpochRow[] Rows(params double[] accuracies) =>
        [.. accuracies.Select((accuracy, i) => new EpochRow(i + 1, "", 0, 0, 0, accuracy, 0, 0))];
}
