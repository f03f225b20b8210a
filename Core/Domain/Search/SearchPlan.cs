using ServerlessFashion.Runs;

namespace ServerlessFashion.Search;

/// <summary>The rounds of a search, each with its rungs.</summary>
public sealed record SearchPlan(IReadOnlyList<IReadOnlyList<Rung>> Rounds)
{
    /// <summary>Epochs of all trials together.</summary>
    public int TrialEpochs => Rounds.Sum(rungs => rungs.Select((rung, index) =>
        rung.Trials * (rung.Epochs - (index > 0 ? rungs[index - 1].Epochs : 0))).Sum());

    /// <summary>Trainings that are begun or continued: one for each trial in each rung.</summary>
    public int Slices => Rounds.Sum(rungs => rungs.Sum(rung => rung.Trials));

    /// <summary>The plan of a run; null if it is not a search. A trial that is never stopped trains as long as the model itself.</summary>
    public static SearchPlan? Of(RunConfiguration run) => run.Search is not { } search ? null : Of(search, EpochsOf(run, search));

    /// <param name="epochs">Epochs of a trial that is never stopped.</param>
    public static SearchPlan Of(SearchSettings search, int epochs) =>
        new([.. search.TrialsOfRounds().Select(trials => HalvingSchedule.Of(trials, epochs))]);

    private static int EpochsOf(RunConfiguration run, SearchSettings search) =>
        run.Models.Single(model => model.Name == search.Model).TotalEpochs;
}
