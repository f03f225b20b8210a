using System.Globalization;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;

namespace ServerlessFashion.Pipeline;

/// <summary>
/// The trainings of a search: the model itself, and round after round of trials. Each round is a successive halving. Trials that lose
/// a rung stay paused; the last ones are trained to their end and evaluated like every model.
/// </summary>
internal static class SearchWorkflow
{
    /// <returns>The outcomes of the model itself, of the trials that were trained to their end, and of those that failed.</returns>
    public static async Task<IReadOnlyList<TrainingOutcome>> RunAsync(
        IWorkflowContext context, ComparisonInput request, TrainingPlan plan, SearchPlan search)
    {
        var itself = plan.Trainings.Select(training => ComparisonWorkflow.TrainApartAsync(context, InputOf(training.Model, training.Seed)))
            .ToList();
        var outcomes = new List<TrainingOutcome>();
        try
        {
            for (var round = 1; round <= search.Rounds.Count && !outcomes.Any(outcome => outcome.Cancelled); round++)
            {
                outcomes.AddRange(await RunRoundAsync(round));
            }
        }
        finally
        {
            // Where a round fails, the run fails too, but not while its model still trains.
            await Task.WhenAll(itself);
        }

        return [.. await Task.WhenAll(itself), .. outcomes];

        async Task<List<TrainingOutcome>> RunRoundAsync(int round)
        {
            var ended = new List<TrainingOutcome>();
            var names = (await context.CallStepAsync(PipelineSteps.ProposeTrials, new RoundRequest(request.RunId, round))).Names;
            foreach (var (index, rung) in search.Rounds[round - 1].Index())
            {
                var isLast = index == search.Rounds[round - 1].Count - 1;
                context.ReportProgress(StageOf(search, round, names.Count, rung));
                var running = names.Select(name => ComparisonWorkflow.TrainApartAsync(
                    context, InputOf(name, SearchSettings.TrialSeed) with { UntilEpoch = isLast ? null : rung.Epochs }));
                var outcomes = await Task.WhenAll(running);
                ended.AddRange(outcomes.Where(outcome => isLast || outcome.Cancelled || outcome.Error is not null));
                names = [.. outcomes.Where(outcome => outcome is { Error: null, Cancelled: false }).Select(outcome => outcome.Model)];
                if (isLast || names is [] || outcomes.Any(outcome => outcome.Cancelled))
                {
                    break;
                }

                var keep = search.Rounds[round - 1][index + 1].Trials;
                var selection = new RungRequest(request.RunId, names, rung.Epochs, keep);
                names = (await context.CallStepAsync(PipelineSteps.SelectTrials, selection)).Names;
            }

            return ended;
        }

        TrainModelInput InputOf(string model, int seed) => new(request.RunId, model, seed, plan.SliceTimeoutMinutes);
    }

    private static WorkflowProgress StageOf(SearchPlan search, int round, int trials, Rung rung) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"search, round {round} of {search.Rounds.Count}: {Quantity.Of(trials, "trial")} to epoch {rung.Epochs}"),
        0, 0);
}
