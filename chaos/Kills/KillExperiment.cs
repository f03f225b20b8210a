namespace ServerlessFashion.Chaos.Kills;

/// <summary>
/// Kills every process at random moments, trainings and emulator included, as a power failure would. The run is resumed and killed
/// again until it completes, and must end with the bits of an undisturbed run.
/// </summary>
internal sealed class KillExperiment : IExperiment
{
    private const int Kills = 50;

    /// <inheritdoc/>
    public string Name => "kills";

    /// <inheritdoc/>
    public string Description => "Kills the whole process tree at random moments and resumes (parts: the models).";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        foreach (var recipe in Recipe.All.Where(recipe => setup.Wants(recipe.Model)))
        {
            var reference = await UndisturbedRun.MeasureAsync(recipe, setup.Tally, cancellation);
            var pace = reference.Duration;
            var kills = 0;
            while (kills < (setup.Count ?? Kills))
            {
                var run = new KilledRun(recipe, reference.Files, setup, pace);
                kills += await run.RunAsync((setup.Count ?? Kills) - kills, cancellation);
                pace = run.Pace;
            }
        }
    }
}
