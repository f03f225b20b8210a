using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Measures the training speed of each model on this machine, and shortens the trainings so that the run ends within its budget.
/// The choice is stored beside the run's definition, so a second call finds it.
/// </summary>
/// <param name="slotsOf">Returns the slots for the trainings of a run.</param>
public sealed class FitEpochsStep(
    RunStore runs, RunDefinitions definitions, TrainingInputs inputs, Func<RunConfiguration, TrainingSlots> slotsOf, TimeProvider time)
    : IStepHandler<RunRequest, RunConfiguration>
{
    /// <summary>Training steps of a measured epoch, if they take long enough.</summary>
    private const int Batches = 4;

    /// <summary>
    /// A measured epoch of at least this many seconds is long enough: one-off costs and the machine's noise then matter little.
    /// </summary>
    private const double LongEnough = 1;

    /// <summary>Maximum factor by which the second measurement uses more images.</summary>
    private const double MostTimes = 100;

    /// <summary>Share of the remaining time that the plan uses, because machines are noisy.</summary>
    private const double Used = .85;

    /// <summary>An epoch spends two thirds of its time on the backward pass, and evaluation has none; half is on the safe side.</summary>
    private const double EvaluationShare = .5;

    /// <summary>Time of two processes to start and load the data set.</summary>
    private const double StartSeconds = 6;

    /// <summary>Time of comparison and report.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(10);

    public async Task<RunConfiguration> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var run = await definitions.GetAsync(request.RunId, cancellation);
        if (run.Configuration is { Budget: null } or { RecipeEpochs: not null })
        {
            return run.Configuration;
        }

        var slots = slotsOf(run.Configuration);
        var paces = new Dictionary<string, TrainingPace>();
        foreach (var model in run.Configuration.Models)
        {
            var seed = run.Configuration.Trainings().First(training => training.Model.Name == model.Name).Seed;
            var training = await inputs.LoadWithoutWeightsAsync(
                request.RunId, run, model.Name, seed, cancellation);
            using var occupied = TrainingTelemetry.OccupyDevice(training.ComputesOn.Kind, time);
            paces[model.Name] = await MeasureAsync(training, slots.PerMachine, cancellation);
        }

        var record = await runs.GetAsync(request.RunId, cancellation);
        // Nothing is trained before the epochs are fitted, so the budget of an interrupted run begins anew.
        var used = time.GetUtcNow() - (record.BegunAt ?? record.StartedAt ?? record.CreatedAt);
        var left = run.Configuration.Budget!.Value - used - Ending;
        var available = left > TimeSpan.Zero ? left * Used : TimeSpan.Zero;
        var fitted = EpochFitting.Fit(run.Configuration, paces, slots.Total, available);
        return (await definitions.FitAsync(request.RunId, FittedEpochs.Of(fitted), cancellation)).Configuration;
    }

    /// <summary>
    /// Returns the slowest of several simultaneous measurements, as many as trainings will share this machine. Two cores may be two
    /// threads of one physical core, and then two simultaneous trainings take up to 1.8 times as long.
    /// </summary>
    private async Task<TrainingPace> MeasureAsync(TrainingRequest training, int simultaneous, CancellationToken cancellation)
    {
        var paces = await Task.WhenAll(Enumerable.Range(0, simultaneous)
            .Select(_ => Task.Run(() => Measure(training, cancellation), cancellation)));
        return paces.MaxBy(pace => pace.Seconds(training.Configuration.Phases.Select(phase => phase.Epochs)))!;
    }

    /// <summary>Measures a few batches, and more batches if those took too little time.</summary>
    private TrainingPace Measure(TrainingRequest training, CancellationToken cancellation)
    {
        var all = training.Data.Train.Count;
        var few = Math.Min(Batches * training.Configuration.BatchSize, all);
        var (pace, shortest) = Measure(training, few, cancellation);
        var more = (int)Math.Min(all, Math.Ceiling(few * Math.Min(LongEnough / shortest, MostTimes)));
        return more > few ? Measure(training, more, cancellation).Pace : pace;
    }

    /// <summary>
    /// Runs two epochs of each phase on the first images. Only the second counts, because the first includes preparation.
    /// </summary>
    private (TrainingPace Pace, double ShortestEpoch) Measure(TrainingRequest training, int images, CancellationToken cancellation)
    {
        var whole = training.Data;
        var scale = (double)whole.Train.Count / images;
        var sample = training with
        {
            Time = time,
            Data = whole with
            {
                Train = First(whole.Train, images),
                Validation = First(whole.Validation, (int)Math.Ceiling(whole.Validation.Count / scale)),
            },
            Configuration = training.Configuration with
            {
                Phases = [.. training.Configuration.Phases.Select(phase => phase with { Epochs = 2 })],
            },
        };
        using var session = TrainingSession.Start(sample);
        var phases = new List<double>();
        var (search, longest, shortest) = (0.0, 0.0, double.PositiveInfinity);
        foreach (var (index, phase) in training.Configuration.Phases.Index())
        {
            var first = session.RunEpoch(null, cancellation).Seconds;
            var second = session.RunEpoch(null, cancellation).Seconds;
            search += index == 0 ? Math.Max(0, first - second) : 0;
            longest = Math.Max(longest, second * scale);
            shortest = Math.Min(shortest, second);
            phases.Add(second * scale * (phase.DataPruning?.ImageShare(phase.Epochs) ?? 1));
        }

        var evaluated = (double)(whole.Train.Count + whole.Validation.Count + whole.Test.Count) / whole.Train.Count;
        return (new TrainingPace(phases, StartSeconds + search + (EvaluationShare * evaluated * longest)), shortest);
    }

    private static LabelledImages First(LabelledImages images, int count) =>
        images.Select([.. Enumerable.Range(0, Math.Min(count, images.Count))]);
}
