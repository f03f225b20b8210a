using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Steps;

/// <summary>Where the trainings of a run work.</summary>
/// <param name="SideBySide">Trainings that run at once.</param>
/// <param name="Here">Those of them that share this machine.</param>
public readonly record struct TrainingPlaces(int SideBySide, int Here);

/// <summary>
/// Measures how fast each model of a run trains here, and shortens the trainings so that the run ends within its budget.
/// The choice is stored with the run: a second call finds it.
/// </summary>
/// <param name="places">Where the trainings of a run work.</param>
public sealed class FitEpochsStep(
    RunStore runs, TrainingInputs inputs, Func<RunConfiguration, TrainingPlaces> places, TimeProvider time)
    : IStepHandler<RunRequest, RunConfiguration>
{
    /// <summary>Training steps of a measured epoch, where they take long enough.</summary>
    private const int Batches = 4;

    /// <summary>Seconds of a measured epoch from which on what it spends once, and the machine's noise, count for little.</summary>
    private const double LongEnough = 1;

    /// <summary>How many times more images the second measurement takes at most.</summary>
    private const double MostTimes = 100;

    /// <summary>Share of the time left that the plan uses: machines are noisy.</summary>
    private const double Used = .85;

    /// <summary>Share of the images whose loss lies below the mean of all, from the second epoch on: .76 to .84 with the strong network on Fashion-MNIST.</summary>
    private const double KnownShare = .8;

    /// <summary>An epoch spends two thirds of its time on the backward pass, and evaluation has none; half is on the safe side.</summary>
    private const double EvaluationShare = .5;

    /// <summary>Two processes that start and load the data set.</summary>
    private const double StartSeconds = 6;

    /// <summary>Comparison and report.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(10);

    public async Task<RunConfiguration> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var run = await runs.GetAsync(request.RunId, cancellation);
        if (run.Configuration is { Budget: null } or { RecipeEpochs: not null })
        {
            return run.Configuration;
        }

        var (sideBySide, here) = places(run.Configuration);
        var paces = new Dictionary<string, TrainingPace>();
        foreach (var model in run.Configuration.Models)
        {
            var seed = run.Configuration.Trainings().First(training => training.Model.Name == model.Name).Seed;
            var training = await inputs.LoadAsync(run, model.Name, seed, checkpoint: null, cancellation);
            using var occupied = TrainingTelemetry.OccupyDevice(training.ComputesOn.Kind, time);
            paces[model.Name] = await MeasureAsync(training, here, cancellation);
        }

        var used = time.GetUtcNow() - (run.StartedAt ?? run.CreatedAt);
        var left = run.Configuration.Budget!.Value - used - Ending;
        var available = left > TimeSpan.Zero ? left * Used : TimeSpan.Zero;
        var fitted = EpochFitting.Fit(run.Configuration, paces, sideBySide, available);
        // Whoever came first has chosen.
        var stored = await runs.UpdateAsync(
            run.Id, found => found.Configuration.RecipeEpochs is null ? found with { Configuration = fitted } : found, cancellation);
        return stored.Configuration;
    }

    /// <summary>
    /// The slowest of as many measurements at once as trainings will share this machine: two cores may be the two threads of one,
    /// and then a training beside another takes up to 1.8 times as long as alone.
    /// </summary>
    private async Task<TrainingPace> MeasureAsync(TrainingRequest training, int here, CancellationToken cancellation)
    {
        var paces = await Task.WhenAll(Enumerable.Range(0, here).Select(_ => Task.Run(() => Measure(training, cancellation), cancellation)));
        return paces.MaxBy(pace => pace.Seconds(training.Configuration.Phases.Select(phase => phase.Epochs)))!;
    }

    /// <summary>On a few batches, and on more where those were soon done.</summary>
    private TrainingPace Measure(TrainingRequest training, CancellationToken cancellation)
    {
        var all = training.Data.Train.Count;
        var few = Math.Min(Batches * training.Configuration.BatchSize, all);
        var (pace, shortest) = Measure(training, few, cancellation);
        var more = (int)Math.Min(all, Math.Ceiling(few * Math.Min(LongEnough / shortest, MostTimes)));
        return more > few ? Measure(training, more, cancellation).Pace : pace;
    }

    /// <summary>Two epochs of each phase on the first images; the second, which nothing has to be made ready for, counts.</summary>
    private (TrainingPace Pace, double ShortestEpoch) Measure(TrainingRequest training, int images, CancellationToken cancellation)
    {
        var whole = training.Data;
        var scale = (double)whole.Train.Count / images;
        var sample = training with
        {
            Time = time,
            Data = whole with { Train = First(whole.Train, images), Validation = First(whole.Validation, (int)Math.Ceiling(whole.Validation.Count / scale)) },
            Configuration = training.Configuration with { Phases = [.. training.Configuration.Phases.Select(phase => phase with { Epochs = 2 })] },
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
            phases.Add(second * scale * ImageShare(phase));
        }

        var evaluated = (double)(whole.Train.Count + whole.Validation.Count + whole.Test.Count) / whole.Train.Count;
        return (new TrainingPace(phases, StartSeconds + search + (EvaluationShare * evaluated * longest)), shortest);
    }

    /// <summary>Share of the images that an epoch takes on average: all in the first and the last ones, then those that pruning leaves.</summary>
    private static double ImageShare(TrainingPhase phase)
    {
        if (phase is not { Epochs: > 0, DataPruning: { } pruning })
        {
            return 1;
        }

        var whole = Math.Min(phase.Epochs, 1 + pruning.WholeEpochs);
        return (whole + ((phase.Epochs - whole) * (1 - (KnownShare * pruning.Share)))) / phase.Epochs;
    }

    private static LabelledImages First(LabelledImages images, int count) => images.Select([.. Enumerable.Range(0, Math.Min(count, images.Count))]);
}
