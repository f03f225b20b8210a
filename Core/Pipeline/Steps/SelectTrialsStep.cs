using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Names the trials of a rung that go on: those with the best validation accuracy, of equal ones the earlier. The epochs of a finished
/// rung never change, so every call names the same.
/// </summary>
internal sealed class SelectTrialsStep(RunDefinitions definitions, EpochMetrics metrics) : IStepHandler<RungRequest, ChosenTrials>
{
    private readonly TrialObservations _observations = new(metrics);

    public async Task<ChosenTrials> RunAsync(RungRequest request, CancellationToken cancellation)
    {
        var run = (await definitions.GetAsync(request.RunId, cancellation)).Configuration;
        var ranked = new List<(string Name, double Accuracy)>();
        foreach (var trial in request.Trials)
        {
            var accuracy = await _observations.FindAccuracyAsync(request.RunId, run, trial, request.Epochs, cancellation)
                ?? throw new InvalidInputException($"run: {request.RunId} has lost epochs of {trial}.");
            ranked.Add((trial, accuracy));
        }

        return new ChosenTrials([.. ranked.OrderByDescending(trial => trial.Accuracy).Take(request.Keep).Select(trial => trial.Name)]);
    }
}
