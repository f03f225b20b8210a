using ServerlessFashion.Phrases;
using ServerlessFashion.Search;

namespace ServerlessFashion.Runs;

/// <summary>The measured speed of one model's training on this machine.</summary>
/// <param name="Phases">Seconds of an epoch of each phase, validation included.</param>
/// <param name="Fixed">Seconds of all work that happens once: start, search before the first epoch, evaluation.</param>
public sealed record TrainingPace(IReadOnlyList<double> Phases, double Fixed)
{
    public double Seconds(IEnumerable<int> epochs) => Fixed + epochs.Zip(Phases, (count, seconds) => count * seconds).Sum();
}

/// <summary>Chooses epochs so that a run ends in time.</summary>
public static class EpochFitting
{
    /// <summary>The search divides the range of shares into this many steps.</summary>
    private const int Resolution = 1000;

    /// <summary>
    /// Returns <paramref name="run"/> with the largest share of its recipes' epochs for which its trainings end within
    /// <paramref name="available"/>. The share is the same for every phase of every model. A phase keeps at least one epoch and
    /// never gets more than its recipe has. <see cref="RunConfiguration.RecipeEpochs"/> keeps the recipes' epochs.
    /// </summary>
    /// <param name="paces">The pace of each model, by name.</param>
    /// <param name="sideBySide">Number of trainings that run at the same time.</param>
    /// <exception cref="InvalidInputException">Not even one epoch of each phase fits.</exception>
    public static RunConfiguration Fit(
        RunConfiguration run, IReadOnlyDictionary<string, TrainingPace> paces, int sideBySide, TimeSpan available)
    {
        // The time grows with the share, so the first one that does not fit ends the search.
        var share = Enumerable.Range(0, Resolution + 1)
            .TakeWhile(step => Makespan(run, paces, sideBySide, (double)step / Resolution) <= available.TotalSeconds)
            .Select(step => (double?)step / Resolution)
            .LastOrDefault();
        if (share is null)
        {
            var least = TimeSpan.FromSeconds(Math.Ceiling(Makespan(run, paces, sideBySide, 0)));
            throw new InvalidInputException(
                $"budget: {TimeBudget.Format(run.Budget ?? available)} is too short: preparation and report leave "
                    + $"{TimeBudget.Format(available)} of it for training, and one epoch of each phase of {Trained(run)} takes about "
                    + $"{TimeBudget.Format(least)} here; give it more time.");
        }

        return Apply(run, FittedEpochs.Of(WithEpochs(run, model => Epochs(model, share.Value))));
    }

    /// <summary>
    /// Returns <paramref name="run"/> with fitted epochs. The recipes' epochs stay in <see cref="RunConfiguration.RecipeEpochs"/>.
    /// </summary>
    public static RunConfiguration Apply(RunConfiguration run, FittedEpochs fitted) =>
        WithEpochs(run, model => fitted.Epochs[model.Name]) with { RecipeEpochs = FittedEpochs.Of(run).Epochs };

    /// <summary>Returns the configuration before its epochs were fitted.</summary>
    public static RunConfiguration Undo(RunConfiguration run) =>
        run.RecipeEpochs is { } recipes ? WithEpochs(run, model => recipes[model.Name]) with { RecipeEpochs = null } : run;

    private static string Trained(RunConfiguration run) => run.Search is { } search
        ? $"{search.Model} and its {Quantity.Of(search.Trials, "trial")}"
        : run.Models is [var only] ? only.Name : $"the {run.Models.Count} models";

    private static RunConfiguration WithEpochs(RunConfiguration run, Func<ModelConfiguration, IEnumerable<int>> epochs) => run with
    {
        Models =
        [
            .. run.Models.Select(model => model with
            {
                Phases = [.. model.Phases.Zip(epochs(model), (phase, count) => phase with { Epochs = count })],
            }),
        ],
    };

    private static IEnumerable<int> Epochs(ModelConfiguration model, double share) =>
        model.Phases.Select(phase => phase.Epochs == 0 ? 0 : Math.Max(1, (int)(phase.Epochs * share)));

    /// <summary>
    /// Seconds of all trials of a search, one after the other. Their pace is that of the model itself: nothing else is known before
    /// they are drawn.
    /// </summary>
    private static double SecondsOfTrials(RunConfiguration run, IReadOnlyDictionary<string, TrainingPace> paces, double share)
    {
        if (run.Search is not { } search)
        {
            return 0;
        }

        int[] epochs = [.. Epochs(run.Models.Single(model => model.Name == search.Model), share)];
        var pace = paces[search.Model];
        var plan = SearchPlan.Of(search, epochs.Sum());
        var secondsOfEpoch = (pace.Seconds(epochs) - pace.Fixed) / epochs.Sum();
        return (plan.TrialEpochs * secondsOfEpoch) + (plan.Slices * pace.Fixed);
    }

    /// <summary>Seconds until the last training ends if the longest start first (Graham 1969), as in the workflow.</summary>
    private static double Makespan(RunConfiguration run, IReadOnlyDictionary<string, TrainingPace> paces, int sideBySide, double share)
    {
        var busyUntil = new double[Math.Max(1, sideBySide)];
        foreach (var seconds in run.Trainings().Select(training => paces[training.Model.Name].Seconds(Epochs(training.Model, share)))
            .OrderDescending())
        {
            busyUntil[Array.IndexOf(busyUntil, busyUntil.Min())] += seconds;
        }

        return busyUntil.Max() + (SecondsOfTrials(run, paces, share) / busyUntil.Length);
    }
}
