using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>Phases that end before their last epoch.</summary>
public class TrainingSessionEarlyStoppingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// A learning rate of zero: every epoch's validation accuracy is the same, so each phase's first epoch is its best, and with a
    /// patience of 2 it ends after three.
    /// </summary>
    [Fact]
    public void RunEpoch_OutOfPatience_EndsThePhaseAndTheTraining()
    {
        using var session = TrainingSession.Start(Tiny.Request(Stagnant));
        Assert.Equal((9, false), (session.TotalEpochs, session.Finished));
        var totals = new List<int>();

        while (!session.Finished)
        {
            session.RunEpoch(new BatchRecorder(report => totals.Add(report.TotalEpochs)), Cancellation);
        }

        Assert.Equal(["one", "one", "one", "two", "two", "two"], session.History.Select(row => row.Phase));
        Assert.Equal((6, 6), (session.Epoch, session.TotalEpochs));
        Assert.Equal([9, 9, 9, 8, 8, 8], totals.Where((_, i) => i % 4 == 0));
        Assert.Throws<InvalidOperationException>(() => session.RunEpoch(null, Cancellation));
    }

    /// <summary>
    /// The schedule of the phase after one that stopped early begins at its beginning: 4 steps an epoch, 5 epochs planned.
    /// </summary>
    [Fact]
    public void RunEpoch_AfterAnEarlyStop_StartsTheNextScheduleAtItsBeginning()
    {
        var second = Stagnant.Phases[1] with { LearningRate = 1e-3, Schedule = new LearningRateSchedule(1, 0, 0) };
        using var session = TrainingSession.Start(Tiny.Request(Stagnant with { Phases = [Stagnant.Phases[0], second] }));

        var rates = session.RunAll().Where(row => row.Phase == "two").Select(row => row.LearningRate).ToArray();

        Assert.Equal(3 / 20.0 * 1e-3, rates[0], 1e-12);
        Assert.Equal(7 / 20.0 * 1e-3, rates[1], 1e-12);
    }

    /// <summary>Within a phase's patience, at its end, and after the training stopped early.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Resume_AroundAnEarlyStop_IsBitIdentical(int killAfter) =>
        ExactResume.Check(Tiny.Request(Stagnant, time: new FakeTimeProvider()), killAfter);

    /// <summary>A training that learns, stopped by its own validation accuracy.</summary>
    [Fact]
    public void Resume_LearningWithPatience_StopsAtTheSameEpoch()
    {
        var phase = new TrainingPhase("all", 30, 1e-2, TrainableLayers.All) { Patience = 2, Schedule = LearningRateSchedule.OneCycle };
        var spec = Tiny.Spec with { Phases = [phase] };
        var request = Tiny.Request(spec, train: 100, time: new FakeTimeProvider());
        using var whole = TrainingSession.Start(request);
        whole.RunAll();

        Assert.InRange(whole.Epoch, 3, 29);
        Assert.Equal(whole.Epoch - 2, whole.BestEpoch);
        ExactResume.Check(request, whole.Epoch - 1);
    }

    /// <summary>Nothing is learned: 4 epochs and 5, each with a patience of 2.</summary>
    private static ModelSpec Stagnant { get; } = Tiny.Spec with
    {
        Layers = [new Flatten(), new Dense(4)],
        Phases = [new("one", 4, 0, TrainableLayers.All) { Patience = 2 }, new("two", 5, 0, TrainableLayers.All) { Patience = 2 }],
    };
}
