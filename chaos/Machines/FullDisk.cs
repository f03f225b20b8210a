using System.Globalization;

namespace ServerlessFashion.Chaos.Machines;

/// <summary>The project's disk is full at some point of a run. After room was made the run completes with the same bits.</summary>
internal sealed class FullDisk : IMachineCondition
{
    private const int DiskMegabytes = 300;
    private static readonly int[] Left = [0, 5, 32, 36];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    /// <inheritdoc/>
    public string Name => "disk-full";

    /// <inheritdoc/>
    public async Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        foreach (var left in Left.Take(setup.Count ?? Left.Length))
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"disk with {left} MB left");
            using var project = ScratchProject.Create();
            using var disk = Disk.Mount(project.Folder, DiskMegabytes);
            project.LinkEmulator();
            disk.FillUpTo(left);
            await using var command = FashionCommand.Start(project, Recipe.Short.Arguments);
            var code = await command.WaitAsync(Limit, cancellation);
            if (code == 0)
            {
                setup.Tally.Count($"{what}: enough");
            }
            else
            {
                setup.Tally.CheckSentence(what, command, code);
            }

            disk.Clear();
            await CompleteAsync($"{what}, after room was made", project, command.RunId, reference, setup, cancellation);
        }
    }

    private static async Task CompleteAsync(
        string what, ScratchProject project, string? run, UndisturbedRun reference, ExperimentSetup setup,
        CancellationToken cancellation)
    {
        await using var command = FashionCommand.Start(project, run is null ? Recipe.Short.Arguments : ["compare", "--resume", run]);
        if (await setup.Tally.CheckDoneAsync(what, command, Limit, cancellation))
        {
            await setup.Tally.CheckBitsAsync(what, project, command.RunId!, reference.Files, cancellation);
        }
    }
}
