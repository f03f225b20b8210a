using ServerlessFashion.Application;

namespace ServerlessFashion.Cli.Display.Live;

/// <summary>The state of a run at one moment.</summary>
/// <param name="Stage">E.g. <c>training</c>, or the status of a run that has ended.</param>
/// <param name="Remaining">Time left for all trainings together; null if it is not known, or nothing is left.</param>
internal sealed record RunProgress(string Stage, IReadOnlyList<TrainingState> Trainings, TimeSpan? Remaining)
{
    public int Count(TrainingStage stage) => Trainings.Count(training => training.Stage == stage);
}
