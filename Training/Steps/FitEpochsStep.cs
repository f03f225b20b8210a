using ServerlessFashion.Data;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Measures how fast each model of a run trains here, and shortens the trainings so that the run ends within its budget.
/// The choice is stored with the run: a second call finds it.
/// </summary>
/// <param name="sideBySide">Trainings that run at once, given the threads of one.</param>
public sealed class FitEpochsStep(FashionStorage storage, Func<int, int> sideBySide, TimeProvider time) : IStepHandler<RunRequest, RunConfiguration>
{
    /// <summary>Training steps of a measured epoch.</summary>
    private const int Batches = 4;

    /// <summary>Share of the time left that the plan uses. Trainings side by side are slower than one alone, and machines are noisy.</summary>
    private const double Used = .8;

    /// <summary>An epoch spends two thirds of its time on the backward pass, and evaluation has none; half is on the safe side.</summary>
    private const double EvaluationShare = .5;

    /// <summary>Two processes that start and load the data set.</summary>
    private const double StartSeconds = 6;

    /// <summary>Comparison and report.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(10);

    public async Task<RunConfiguration> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var runs = new RunStore(storage);
        var run = await runs.GetAsync(request.RunId, cancellation);
        if (run.Configuration is { Budget: null } or { RecipeEpochs: not null })
        {
            return run.Configuration;
        }

        var paces = new Dictionary<string, TrainingPace>();
        foreach (var model in run.Configuration.Models)
        {
            var seed = run.Configuration.Trainings().First(training => training.Model.Name == model.Name).Seed;
            paces[model.Name] = Measure(await new TrainingInputs(storage).LoadAsync(run, model.Name, seed, cancellation), cancellation);
        }

        var used = time.GetUtcNow() - (run.StartedAt ?? run.CreatedAt);
        var available = (run.Configuration.Budget!.Value - used - Ending) * Used;
        var threads = run.Configuration.ThreadsPerTraining;
        var fitted = EpochFitting.Fit(run.Configuration, paces, sideBySide(threads), available);
        // Whoever came first has chosen.
        var stored = await runs.UpdateAsync(
            run.Id, found => found.Configuration.RecipeEpochs is null ? found with { Configuration = fitted } : found, cancellation);
        return stored.Configuration;
    }

    /// <summary>Two epochs of each phase on a few batches; the second, which nothing has to be made ready for, counts.</summary>
    private TrainingPace Measure(TrainingRequest training, CancellationToken cancellation)
    {
        var whole = training.Data;
        var images = Math.Min(Batches * training.Configuration.BatchSize, whole.Train.Count);
        var scale = (double)whole.Train.Count / images;
        var sample = training with
        {
            Time = time,
            Data = whole with { Train = First(whole.Train, images), Validation = First(whole.Validation, (int)Math.Ceiling(whole.Validation.Count / scale)) },
            Configuration = training.Configuration with { Phases = [.. training.Configuration.Phases.Select(phase => phase with { Epochs = 2 })] },
        };
        using var session = TrainingSession.Start(sample);
        var phases = new List<double>();
        var search = 0.0;
        foreach (var phase in sample.Configuration.Phases.Index())
        {
            var first = session.RunEpoch(null, cancellation).Seconds;
            var second = session.RunEpoch(null, cancellation).Seconds;
            search += phase.Index == 0 ? Math.Max(0, first - second) : 0;
            phases.Add(second * scale);
        }

        var evaluated = (double)(whole.Train.Count + whole.Validation.Count + whole.Test.Count) / whole.Train.Count;
        return new TrainingPace(phases, StartSeconds + search + (EvaluationShare * evaluated * phases.Max()));
    }

    private static LabelledImages First(LabelledImages images, int count) => images.Select([.. Enumerable.Range(0, Math.Min(count, images.Count))]);
}
