namespace ServerlessFashion.Chaos.Machines;

/// <summary>The project folder cannot be written. One sentence says so.</summary>
internal sealed class ReadOnlyFolder : IMachineCondition
{
    private const int DiskMegabytes = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => "read-only";

    /// <inheritdoc/>
    public async Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        using var project = ScratchProject.Create();
        using var disk = Disk.Mount(project.Folder, DiskMegabytes);
        project.LinkEmulator();
        disk.MakeReadOnly();
        await CheckAsync("read-only folder", project, Recipe.Short.Arguments, setup, cancellation);
        await CheckAsync(
            "read-only folder, report elsewhere", project, [.. Recipe.Short.Arguments, "--output", Path.GetTempPath()], setup,
            cancellation);
        await CheckAsync("read-only folder, list of runs", project, ["runs"], setup, cancellation);
    }

    private static async Task CheckAsync(
        string what, ScratchProject project, IReadOnlyList<string> arguments, ExperimentSetup setup, CancellationToken cancellation)
    {
        await using var command = FashionCommand.Start(project, arguments);
        setup.Tally.CheckSentence(what, command, await command.WaitAsync(Limit, cancellation));
    }
}
