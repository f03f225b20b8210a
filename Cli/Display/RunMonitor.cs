using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display;

/// <summary>The displayed state of one training.</summary>
/// <param name="EpochCost">The cost of one epoch, in the unit of <see cref="TrainingCost"/>.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come: fewer than planned once early stopping has ended a phase.</param>
internal sealed record TrainingState(
    string Model, int Seed, double EpochCost, int TotalEpochs, string Activity, int Epoch, double EpochShare, EpochRow? Last,
    double SecondsPerEpoch)
{
    /// <summary>Epochs done, including the share of the current epoch.</summary>
    public double EpochsDone => Activity switch
    {
        "waiting" => 0,
        "training" => Math.Min(TotalEpochs, Epoch - 1 + EpochShare),
        _ => TotalEpochs,
    };

    /// <summary>Share of the training that is done, 0..1.</summary>
    public double Done => EpochsDone / TotalEpochs;

    /// <summary>Time left, estimated from the pace of its own epochs; null before the first finished epoch.</summary>
    public TimeSpan? Remaining => SecondsPerEpoch > 0 ? TimeSpan.FromSeconds(SecondsPerEpoch * (TotalEpochs - EpochsDone)) : null;
}

/// <summary>Collects the progress of a run's trainings for a display. Thread-safe.</summary>
internal sealed class RunMonitor : IProgress<TrainingProgress>, IProgress<WorkflowProgress>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, int Seed), TrainingState> _states = [];
    private readonly TimeProvider _time;
    private readonly Action<TrainingProgress> _epochEnded;
    private readonly Action<WorkflowProgress> _stageChanged;
    private readonly Dictionary<(string Model, int Seed), double> _doneBefore = [];
    private long _started;

    public RunMonitor(RunDefinition run, TimeProvider time, Action<TrainingProgress> epochEnded, Action<WorkflowProgress> stageChanged)
    {
        _time = time;
        _epochEnded = epochEnded;
        _stageChanged = stageChanged;
        foreach (var (model, seed) in run.Configuration.Trainings())
        {
            _states[(model.Name, seed)] = new TrainingState(
                model.Name, seed, TrainingCost.EstimateEpoch(run, model), model.TotalEpochs, "waiting", 0, 0, null, 0);
        }
    }

    public WorkflowProgress Stage { get; private set; } = new("starting", 0, 0);

    public IReadOnlyList<TrainingState> States
    {
        get
        {
            lock (_gate)
            {
                return [.. _states.Values];
            }
        }
    }

    /// <summary>
    /// Time left for all trainings together, estimated from the work since this process started; null before there is any.
    /// </summary>
    public TimeSpan? Remaining
    {
        get
        {
            lock (_gate)
            {
                var left = _states.Values.Sum(state => state.EpochCost * (state.TotalEpochs - state.EpochsDone));
                var gained = _doneBefore.Sum(before => _states[before.Key].EpochCost * (_states[before.Key].EpochsDone - before.Value));
                return gained > 0 ? _time.GetElapsedTime(_started) * (left / gained) : null;
            }
        }
    }

    public void Report(TrainingProgress value)
    {
        lock (_gate)
        {
            var before = _states[(value.Model, value.Seed)];
            var share = value.Batches > 0 ? (double)value.Batch / value.Batches : 0;
            _states[(value.Model, value.Seed)] = before with
            {
                TotalEpochs = value.TotalEpochs,
                Activity = value.Activity,
                Epoch = value.Epoch,
                EpochShare = share,
                Last = value.Completed ?? before.Last,
                SecondsPerEpoch = value.Completed is { } row ? Smooth(before.SecondsPerEpoch, row.Seconds) : before.SecondsPerEpoch,
            };
            if (_doneBefore.Count == 0)
            {
                _started = _time.GetTimestamp();
            }

            // What a resumed training had done before does not count for its pace.
            _doneBefore.TryAdd((value.Model, value.Seed), _states[(value.Model, value.Seed)].EpochsDone);
        }

        if (value.Completed is not null)
        {
            _epochEnded(value);
        }
    }

    public void Report(WorkflowProgress value)
    {
        Stage = value;
        _stageChanged(value);
    }

    private static double Smooth(double before, double now) => before == 0 ? now : (.7 * before) + (.3 * now);
}
