using System.Globalization;

namespace ServerlessFashion.Chaos;

/// <summary>A run without any disturbance, with which others are compared.</summary>
/// <param name="Duration">The time of the whole command.</param>
internal sealed record UndisturbedRun(TimeSpan Duration, RunFiles Files)
{
    /// <exception cref="InvalidInputException">The run did not complete.</exception>
    public static async Task<UndisturbedRun> MeasureAsync(Recipe recipe, Tally tally, CancellationToken cancellation)
    {
        using var project = ScratchProject.Create();
        await using var command = FashionCommand.Start(project, recipe.Arguments);
        var code = await command.WaitAsync(cancellation);
        var duration = command.Elapsed;
        if (code != 0)
        {
            throw new InvalidInputException($"chaos: the undisturbed run of {recipe.Model} ended with code {code}: {command.ErrorText}");
        }

        var files = await RunFiles.ReadAsync(project, command.RunId!, cancellation);
        tally.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{recipe.Model}: an undisturbed run takes {duration.TotalSeconds:0.0} s and has {files.Count} results"));
        return new UndisturbedRun(duration, files);
    }
}
