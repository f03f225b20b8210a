using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Remote;

/// <summary>Turns the states of a run at a server into the progress that a display shows.</summary>
internal sealed class RemoteProgress(RunMonitor monitor)
{
    private const string Training = "training";
    private const string Evaluating = "evaluating";

    private readonly Dictionary<(string Name, int Seed), (TrainingStage Stage, int Epochs)> _shown = [];
    private WorkflowProgress? _stage;

    /// <summary>Shows that the server does not answer.</summary>
    public void Interrupt(string reason) => Report(new WorkflowProgress($"{reason.TrimEnd('.')}; trying again", 0, 0));

    public void Show(ComparisonStatus status)
    {
        // Ensembles have no epochs.
        var trainings = status.Trainings.Where(training => training.PlannedEpochs > 0).ToList();
        var stage = StageOf(status.Run, trainings);
        if (!status.Run.IsFinished)
        {
            Report(stage);
        }

        foreach (var training in trainings)
        {
            Show(training);
        }

        Report(stage);
    }

    private void Show(TrainingStatus training)
    {
        var key = (training.Name, training.Seed);
        // Of the epochs from before this command, the last one is enough.
        var (stage, shown) = _shown.GetValueOrDefault(key, (TrainingStage.Waiting, training.Rows.Count - 1));
        foreach (var row in training.Rows.Skip(shown))
        {
            monitor.Report(new TrainingProgress(
                training.Name, training.Seed, Training, row.Epoch, training.Epochs, 1, 1, row.TrainLoss, row.TrainAccuracy, row)
            {
                PlannedEpochs = training.PlannedEpochs,
            });
        }

        if (training.Stage != stage && ActivityOf(training.Stage) is { } activity)
        {
            var epoch = Math.Min(training.Rows.Count + 1, training.Epochs);
            monitor.Report(new TrainingProgress(training.Name, training.Seed, activity, epoch, training.Epochs, 0, 0, 0, 0, null));
        }
        else if (training.Stage != stage && OutcomeOf(training) is { } outcome)
        {
            monitor.End(outcome);
        }

        _shown[key] = (training.Stage, training.Rows.Count);
    }

    private void Report(WorkflowProgress stage)
    {
        if (stage != _stage)
        {
            monitor.Report(stage);
        }

        _stage = stage;
    }

    private static string? ActivityOf(TrainingStage stage) => stage switch
    {
        TrainingStage.Training => Training,
        TrainingStage.Evaluating => Evaluating,
        _ => null,
    };

    private static TrainingOutcome? OutcomeOf(TrainingStatus training) => training.Stage switch
    {
        TrainingStage.Completed => new TrainingOutcome(training.Name, training.Seed, training.Evaluated, null, Cancelled: false),
        TrainingStage.Failed => new TrainingOutcome(training.Name, training.Seed, null, training.Error ?? "", Cancelled: false),
        TrainingStage.Stopped => new TrainingOutcome(training.Name, training.Seed, null, null, Cancelled: true),
        _ => null,
    };

    private static WorkflowProgress StageOf(RunRecord run, List<TrainingStatus> trainings)
    {
        var done = trainings.Count(training => training.Stage == TrainingStage.Completed);
        var ended = done + trainings.Count(training => training.Stage == TrainingStage.Failed);
        var text = run.Status switch
        {
            RunStatus.Pending => "waiting for its turn",
            RunStatus.Running when trainings.All(training => training.Stage == TrainingStage.Waiting) => "preparing data",
            RunStatus.Running when ended < trainings.Count => Training,
            RunStatus.Running => "comparing",
            _ => run.Status.Describe(),
        };
        return new WorkflowProgress(text, done, text == Training || run.IsFinished ? trainings.Count : 0);
    }
}
