using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>The progress reports and the row of an epoch.</summary>
public class TrainingSessionProgressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void RunEpoch_Cancelled_StopsBeforeTheNextBatch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var cancellation = new CancellationTokenSource();
        var batches = new List<int>();
        var progress = new BatchRecorder(report =>
        {
            batches.Add(report.Batch);
            if (report.Batch == 2)
            {
                cancellation.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => session.RunEpoch(progress, cancellation.Token));

        Assert.Equal([1, 2], batches);
    }

    [Fact]
    public void RunEpoch_Reports_EndWithTheRowOfTheEpoch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        var reports = new List<BatchProgress>();

        var row = session.RunEpoch(new BatchRecorder(reports.Add), Cancellation);

        // 50 images in batches of 16: 16, 16, 16, 2.
        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Batch));
        Assert.All(reports, report => Assert.Equal((1, 4, 4), (report.Epoch, report.TotalEpochs, report.Batches)));
        Assert.Equal((row.TrainLoss, row.TrainAccuracy), (reports[^1].Loss, reports[^1].Accuracy));
    }

    [Fact]
    public void RunEpoch_OneImageLeftOver_JoinsTheLastBatch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec, train: 33));
        var reports = new List<BatchProgress>();

        session.RunEpoch(new BatchRecorder(reports.Add), Cancellation);

        Assert.Equal([1, 2], reports.Select(report => report.Batch));
    }

    [Fact]
    public void RunEpoch_Seconds_AreTheClocks()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec, time: clock));

        Assert.Equal(3, session.RunEpoch(null, Cancellation).Seconds);
    }

    [Fact]
    public void RunEpoch_Rows_CarryPhaseAndLearningRate()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));

        var rows = session.RunAll();

        Assert.Equal(
            [("first", 1e-3), ("first", 1e-3), ("second", 1e-4), ("second", 1e-4)], rows.Select(row => (row.Phase, row.LearningRate)));
        Assert.Throws<InvalidOperationException>(() => session.RunEpoch(null, Cancellation));
    }

    /// <summary>
    /// 50 images in batches of 16 make 4 steps an epoch; the last steps of the two epochs stand at 3/8 and 7/8 of the phase.
    /// </summary>
    [Fact]
    public void RunEpoch_WithASchedule_RestartsItWithThePhase()
    {
        var phases = Tiny.Spec.Phases.Select(phase => phase with { Schedule = new LearningRateSchedule(.5, 0, 0) }).ToArray();
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec with { Phases = phases }));

        var rates = session.RunAll().Select(row => row.LearningRate).ToArray();

        var fall = .5 * (1 + Math.Cos(.75 * Math.PI));
        Assert.All(new[] { .75e-3, fall * 1e-3, .75e-4, fall * 1e-4 }.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
