using ServerlessFashion.Application;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display.Live;

/// <summary>Collects the progress of a run's trainings for a display. Thread-safe.</summary>
internal sealed class RunMonitor : IProgress<TrainingProgress>, IProgress<WorkflowProgress>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, int Seed), TrainingState> _states = [];
    private readonly TimeProvider _time;
    private readonly Action<TrainingProgress> _epochEnded;
    private readonly Action<WorkflowProgress> _stageChanged;
    private readonly Dictionary<(string Model, int Seed), double> _doneBefore = [];
    private string _stage = "starting";
    private long _started;

    public RunMonitor(RunDefinition run, TimeProvider time, Action<TrainingProgress> epochEnded, Action<WorkflowProgress> stageChanged)
    {
        _time = time;
        _epochEnded = epochEnded;
        _stageChanged = stageChanged;
        foreach (var (model, seed) in run.Configuration.Trainings())
        {
            _states[(model.Name, seed)] =
                new TrainingState(model.Name, seed, TrainingCost.EstimateEpoch(run, model)) { TotalEpochs = model.TotalEpochs };
        }
    }

    /// <summary>The current state of the run.</summary>
    public RunProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return new RunProgress(_stage, [.. _states.Values], Remaining());
            }
        }
    }

    /// <summary>Takes over what a run that goes on has done before.</summary>
    public void Begin(IReadOnlyList<TrainingStatus> trainings)
    {
        lock (_gate)
        {
            foreach (var training in trainings.Where(training => _states.ContainsKey((training.Name, training.Seed))))
            {
                var key = (training.Name, training.Seed);
                _states[key] = _states[key] with
                {
                    TotalEpochs = training.Epochs,
                    // What was stopped or failed is tried again.
                    Stage = training.Stage == TrainingStage.Completed ? TrainingStage.Completed : TrainingStage.Waiting,
                    Epoch = training.Rows.Count,
                    EpochShare = training.Rows.Count > 0 ? 1 : 0,
                    Last = training.Last,
                    Best = training.Evaluated?.ValidationAccuracy ?? training.Best?.ValidationAccuracy,
                    SecondsPerEpoch = training.SecondsPerEpoch ?? 0,
                };
            }
        }
    }

    public void Report(TrainingProgress value)
    {
        lock (_gate)
        {
            var key = (value.Model, value.Seed);
            var before = _states.GetValueOrDefault(key) ?? Drawn(key, value.TotalEpochs);
            // A finished epoch is reported once it is stored. The next one may have begun by then.
            var hasBegunNext = value.Completed is not null && before.Epoch == value.Epoch + 1;
            _states[key] = before with
            {
                TotalEpochs = value.TotalEpochs,
                Stage = value.Activity == "training" ? TrainingStage.Training : TrainingStage.Evaluating,
                Epoch = hasBegunNext ? before.Epoch : value.Epoch,
                EpochShare = hasBegunNext ? before.EpochShare : value.Batches > 0 ? (double)value.Batch / value.Batches : 0,
                Last = value.Completed ?? before.Last,
                Best = value.Completed is { } better ? Larger(before.Best, better.ValidationAccuracy) : before.Best,
                SecondsPerEpoch = value.Completed is { } row ? Smooth(before.SecondsPerEpoch, row.Seconds) : before.SecondsPerEpoch,
            };
            if (_doneBefore.Count == 0)
            {
                _started = _time.GetTimestamp();
            }

            // What a resumed training had done before does not count for its pace.
            _doneBefore.TryAdd(key, _states[key].EpochsDone);
        }

        if (value.Completed is not null)
        {
            _epochEnded(value);
        }
    }

    public void Report(WorkflowProgress value)
    {
        lock (_gate)
        {
            _stage = value.Stage;
            if (value.Ended is { } ended)
            {
                Apply(ended);
            }
        }

        _stageChanged(value);
    }

    /// <summary>Takes over the end of a training.</summary>
    public void End(TrainingOutcome outcome)
    {
        lock (_gate)
        {
            Apply(outcome);
        }
    }

    /// <summary>Takes over the end of the run: trainings without an outcome were stopped.</summary>
    /// <param name="outcome">Null if the run ended by an error of its own.</param>
    public void End(ComparisonOutcome? outcome)
    {
        lock (_gate)
        {
            _stage = outcome?.Status.ToString() ?? "ended by an error";
            foreach (var training in outcome?.Trainings ?? [])
            {
                Apply(training);
            }

            // A run at a server goes on when its watcher leaves.
            if (outcome is null or { Status: RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled })
            {
                foreach (var (key, state) in _states.Where(entry => !entry.Value.HasEnded))
                {
                    _states[key] = state with { Stage = TrainingStage.Stopped };
                }
            }
        }
    }

    /// <summary>A trial that the run's search has drawn since its start. An epoch of it costs about as much as one of its model.</summary>
    private TrainingState Drawn((string Model, int Seed) key, int totalEpochs) =>
        new(key.Model, key.Seed, _states.Values.Max(state => state.EpochCost)) { TotalEpochs = totalEpochs };

    private void Apply(TrainingOutcome outcome)
    {
        // An ensemble has an outcome and no training.
        if (_states.TryGetValue((outcome.Model, outcome.Seed), out var state))
        {
            _states[(outcome.Model, outcome.Seed)] = state with
            {
                Stage = outcome switch
                {
                    { Cancelled: true } => TrainingStage.Stopped,
                    { Error: not null } => TrainingStage.Failed,
                    _ => TrainingStage.Completed,
                },
                Best = outcome.Evaluated?.ValidationAccuracy ?? state.Best,
            };
        }
    }

    /// <summary>
    /// Time left for all trainings together, estimated from the work since this process started, and not less than that of any single
    /// one; null before there is any work, and when none is left.
    /// </summary>
    private TimeSpan? Remaining()
    {
        var left = _states.Values.Sum(state => state.EpochCost * state.EpochsLeft);
        var gained = _doneBefore.Sum(before => _states[before.Key].EpochCost * (_states[before.Key].EpochsDone - before.Value));
        if (gained <= 0 || left <= 0)
        {
            return null;
        }

        var together = _time.GetElapsedTime(_started) * (left / gained);
        var longest = _states.Values.Max(state => state.Remaining) ?? TimeSpan.Zero;
        return together > longest ? together : longest;
    }

    private static double Larger(double? before, double now) => before is { } best ? Math.Max(best, now) : now;

    private static double Smooth(double before, double now) => before == 0 ? now : (.7 * before) + (.3 * now);
}
