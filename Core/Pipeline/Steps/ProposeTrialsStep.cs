using ServerlessFashion.Runs;
using ServerlessFashion.Search;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Chooses the trials of a round from the finished rounds. They are stored, so a second call finds them, and every later reader of the
/// run's definition sees their models.
/// </summary>
internal sealed class ProposeTrialsStep(RunDefinitions definitions, EpochMetrics metrics) : IStepHandler<RoundRequest, ChosenTrials>
{
    private readonly TrialObservations _observations = new(metrics);

    public async Task<ChosenTrials> RunAsync(RoundRequest request, CancellationToken cancellation)
    {
        var definition = await definitions.GetAsync(request.RunId, cancellation);
        var run = definition.Configuration;
        var known = run.Trials ?? [];
        Trial[] stored = [.. known.Where(trial => trial.Round == request.Round)];
        return new ChosenTrials([.. (stored is [] ? await ProposeAsync() : stored).Select(trial => trial.Name)]);

        async Task<IReadOnlyList<Trial>> ProposeAsync()
        {
            var observations = await _observations.ReadAsync(request.RunId, run, known, cancellation);
            var trials = TrialProposals.Of(run.Search!, request.Round, known, observations, definition.CanTrain);
            return await definitions.AddRoundAsync(request.RunId, request.Round, trials, cancellation);
        }
    }
}
