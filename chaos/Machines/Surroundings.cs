namespace ServerlessFashion.Chaos.Machines;

/// <summary>Unusual environment variables. The run must not notice them.</summary>
internal sealed class Surroundings(string name, IReadOnlyDictionary<string, string?> environment) : IMachineCondition
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        using var project = ScratchProject.Create();
        await using var command = FashionCommand.Start(project, Recipe.Short.Arguments, environment);
        if (await setup.Tally.CheckDoneAsync(name, command, Limit, cancellation))
        {
            await setup.Tally.CheckBitsAsync(name, project, command.RunId!, reference.Files, cancellation);
        }
    }
}
