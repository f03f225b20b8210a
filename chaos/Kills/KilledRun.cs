using System.Globalization;

namespace ServerlessFashion.Chaos.Kills;

/// <summary>One run that is killed again and again along its way, in a project of its own.</summary>
/// <param name="pace">The shortest time of a whole run so far: a busy machine may have slowed the undisturbed one down.</param>
internal sealed class KilledRun(Recipe recipe, RunFiles reference, ExperimentSetup setup, TimeSpan pace)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>After this many kills of one run the rest of it is left alone, so that it ends.</summary>
    private const int MostKills = 12;

    /// <summary>
    /// The emulator writes its tables every five seconds, and a busy machine delays that. A run that was accepted earlier must not be
    /// gone.
    /// </summary>
    private static readonly TimeSpan EmulatorMemory = TimeSpan.FromSeconds(10);

    private readonly Tally _tally = setup.Tally;
    private string? _run;
    private TimeSpan _accepted;

    /// <summary>The shortest time of a whole run, this one included.</summary>
    public TimeSpan Pace { get; private set; } = pace;

    /// <summary>Runs until the run has completed and was compared, or is lost.</summary>
    /// <returns>The number of kills.</returns>
    public async Task<int> RunAsync(int mostKills, CancellationToken cancellation)
    {
        using var project = ScratchProject.Create();
        for (var kills = 0; ;)
        {
            var mayKill = kills < Math.Min(MostKills, mostKills);
            await using var command = FashionCommand.Start(project, _run is null ? recipe.Arguments : ["compare", "--resume", _run]);
            _tally.Count($"{recipe.Model} starts");
            var limit = mayKill ? setup.RandomTime(Pace) : Limit;
            if (await command.WaitAsync(limit, cancellation) is not { } code)
            {
                if (!mayKill)
                {
                    await Processes.KillAllAsync();
                    _tally.Lose($"{recipe.Model}: {_run} did not end within {limit.TotalSeconds:0} s: {command.ErrorText}");
                    return kills;
                }

                await KillAsync(command);
                kills++;
            }
            else if (code == 0)
            {
                Pace = _run is null && command.Elapsed < Pace ? command.Elapsed : Pace;
                await CompareAsync(project, command.RunId!, kills, cancellation);
                return kills;
            }
            else if (!MayBeGone(command))
            {
                _tally.Lose($"{recipe.Model}: {_run ?? "a new run"} ended with code {code} after {kills} kills: {command.ErrorText}");
                return Math.Max(kills, 1);
            }
        }
    }

    private async Task KillAsync(FashionCommand command)
    {
        await Processes.KillAllAsync();
        var running = command.SinceAccepted is { } since ? _run is null ? since : command.Elapsed : TimeSpan.Zero;
        _accepted += running;
        _run ??= command.RunId;
        _tally.Count($"{recipe.Model} kills");
        _tally.Count($"{recipe.Model} kills while {Stage(command)}");
    }

    /// <summary>A run that was accepted only just before a kill may be unknown. Then the user starts it again.</summary>
    private bool MayBeGone(FashionCommand command)
    {
        if (_run is null || !command.ErrorText.Contains($"run: '{_run}' does not exist", StringComparison.Ordinal)
            || _accepted > EmulatorMemory)
        {
            return false;
        }

        _tally.Count($"{recipe.Model} runs gone that were accepted less than {EmulatorMemory.TotalSeconds:0} s before a kill");
        _tally.Say(string.Create(
            CultureInfo.InvariantCulture, $"{recipe.Model}: {_run} is gone, accepted {_accepted.TotalSeconds:0.0} s before the kill"));
        _run = null;
        return true;
    }

    private async Task CompareAsync(ScratchProject project, string run, int kills, CancellationToken cancellation)
    {
        var differences = reference.Compare(await RunFiles.ReadAsync(project, run, cancellation));
        _tally.Count($"{recipe.Model} runs completed");
        if (differences.Count > 0)
        {
            _tally.Lose($"{recipe.Model}: {run} differs after {kills} kills in {string.Join(", ", differences)}");
            return;
        }

        _tally.Count($"{recipe.Model} runs with the same bits");
        _tally.Say($"{recipe.Model}: {run} has the same bits after {kills} kills");
    }

    /// <summary>What the command did last, as it said itself.</summary>
    private static string Stage(FashionCommand command)
    {
        var line = command.Output.LastOrDefault(line => !line.StartsWith("report:", StringComparison.Ordinal));
        return line switch
        {
            null => "starting",
            _ when line.StartsWith("device:", StringComparison.Ordinal) || line.StartsWith("preparing", StringComparison.Ordinal)
                || line.StartsWith("downloading", StringComparison.Ordinal) => "preparing data",
            _ when line.Contains("training (0", StringComparison.Ordinal) => "training the first epoch of this start",
            _ when line.Contains("  epoch ", StringComparison.Ordinal) => "training or evaluating after an epoch",
            _ when line.Contains("training (1", StringComparison.Ordinal) || line.StartsWith("comparing", StringComparison.Ordinal)
                || line.StartsWith("writing", StringComparison.Ordinal) => "comparing and reporting",
            _ when line.StartsWith("run ", StringComparison.Ordinal) || line.StartsWith("preset", StringComparison.Ordinal) => "starting",
            _ => "ending",
        };
    }
}
