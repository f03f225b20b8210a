namespace ServerlessFashion.Chaos.Machines;

/// <summary>A run that is interrupted, or killed, and resumed on a clock that was set back an hour. Needs libfaketime.</summary>
internal sealed class ClockBack : IMachineCondition
{
    private static readonly string[] Libraries =
        [.. new[] { "x86_64", "aarch64" }.Select(machine => $"/usr/lib/{machine}-linux-gnu/faketime/libfaketimeMT.so.1")];

    private static readonly TimeSpan EmulatorMemory = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public async Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        if (Array.Find(Libraries, File.Exists) is not { } library)
        {
            setup.Tally.Count("clock back an hour: not tried, because libfaketime is not installed");
            return;
        }

        var back = new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME"] = "-1h",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
        using (var project = ScratchProject.Create())
        {
            await RunAsync("whole run on a clock an hour back", project, Recipe.Short.Arguments, back, reference, setup, cancellation);
        }

        using (var project = ScratchProject.Create())
        {
            string[] resume = ["compare", "--resume", await StartAndKillAsync(project, cancellation)];
            await RunAsync("resumed after the clock went back an hour", project, resume, back, reference, setup, cancellation);
        }
    }

    private static async Task RunAsync(
        string what, ScratchProject project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment,
        UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        await using var command = FashionCommand.Start(project, arguments, environment);
        if (await setup.Tally.CheckDoneAsync(what, command, Limit, cancellation))
        {
            await setup.Tally.CheckBitsAsync(what, project, command.RunId!, reference.Files, cancellation);
        }
    }

    /// <summary>Kills the run late enough for the emulator to know it.</summary>
    private static async Task<string> StartAndKillAsync(ScratchProject project, CancellationToken cancellation)
    {
        await using var command = FashionCommand.Start(project, Recipe.Short.Arguments);
        var run = await command.WaitForRunAsync(cancellation);
        await Task.Delay(EmulatorMemory, cancellation);
        await Processes.KillAllAsync();
        return run;
    }
}
