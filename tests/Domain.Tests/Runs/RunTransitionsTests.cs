using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunTransitionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Rows: the status before; columns: began, completed, failed, stopped, cancel requested, resume requested.</summary>
    [Theory]
    [InlineData(RunStatus.Pending, "running pending failed cancelled cancelled pending")]
    [InlineData(RunStatus.Running, "running completed failed cancelled running running")]
    [InlineData(RunStatus.Completed, "completed completed completed completed completed pending")]
    [InlineData(RunStatus.Failed, "failed failed failed failed failed pending")]
    [InlineData(RunStatus.Cancelled, "cancelled cancelled cancelled cancelled cancelled pending")]
    public void Next_EveryStatusAndEvent_FollowsTheTable(RunStatus from, string expected)
    {
        var actual = Enum.GetValues<RunEvent>().Select(happened => RunTransitions.Next(from, happened).ToString().ToLowerInvariant());

        Assert.Equal(expected, string.Join(' ', actual));
    }

    /// <summary>Rows: from; columns: pending, running, completed, failed, cancelled.</summary>
    [Theory]
    [InlineData(RunStatus.Pending, "xx.xx")]
    [InlineData(RunStatus.Running, ".xxxx")]
    [InlineData(RunStatus.Completed, "x.x..")]
    [InlineData(RunStatus.Failed, "x..x.")]
    [InlineData(RunStatus.Cancelled, "x...x")]
    public void IsValid_EveryPair_FollowsTheTable(RunStatus from, string allowed)
    {
        var actual = string.Concat(Enum.GetValues<RunStatus>().Select(to => RunTransitions.IsValid(from, to) ? 'x' : '.'));

        Assert.Equal(allowed, actual);
    }

    [Fact]
    public void Apply_ResumeOfACompletedRun_ForgetsItsEndAndKeepsItsStart()
    {
        var best = new EvaluatedModel("model1", 1, .8, .7);
        var run = Run(RunStatus.Completed) with { StartedAt = Noon, FinishedAt = Noon.AddHours(1), Winner = "model1", Best = best };

        var resumed = RunTransitions.Apply(run, RunEvent.ResumeRequested, Noon.AddHours(2));
        var running = RunTransitions.Apply(resumed, RunEvent.Began, Noon.AddHours(3));

        Assert.Equal((RunStatus.Pending, Noon, null, null), (resumed.Status, resumed.StartedAt, resumed.FinishedAt, resumed.Winner));
        Assert.Null(resumed.Best);
        Assert.Equal((RunStatus.Running, Noon, null, null), (running.Status, running.StartedAt, running.FinishedAt, running.Winner));
    }

    /// <summary>A process was killed and another one continues the run an hour later.</summary>
    [Fact]
    public void Apply_RunningRunBeginsAgain_NotesOnlyTheTime()
    {
        var run = Run(RunStatus.Running) with { StartedAt = Noon, BegunAt = Noon };

        var again = RunTransitions.Apply(run, RunEvent.Began, Noon.AddHours(1));

        Assert.Equal(run with { BegunAt = Noon.AddHours(1) }, again);
    }

    [Fact]
    public void Apply_EndsAfterTheClockWasSetBack_EndsNotBeforeItsStart()
    {
        var run = Run(RunStatus.Running) with { StartedAt = Noon };

        Assert.Equal(Noon, RunTransitions.Apply(run, RunEvent.Completed, Noon.AddHours(-1), winner: "model1").FinishedAt);
    }

    [Fact]
    public void Apply_Completed_RecordsTheWinnerAndTheTime()
    {
        var run = RunTransitions.Apply(Run(RunStatus.Running), RunEvent.Completed, Noon, winner: "model3");

        Assert.Equal((RunStatus.Completed, "model3", Noon), (run.Status, run.Winner, run.FinishedAt));
    }

    [Fact]
    public void Apply_EventThatChangesNothing_GivesTheSameRun()
    {
        var run = Run(RunStatus.Cancelled) with { FinishedAt = Noon };

        Assert.Same(run, RunTransitions.Apply(run, RunEvent.Began, Noon.AddHours(1)));
    }

    private static RunRecord Run(RunStatus status) => new()
    {
        Id = "run",
        Status = status,
        CreatedAt = Noon.AddHours(-1),
        Preset = "smoke",
        Models = ["model1"],
    };
}
