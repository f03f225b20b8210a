namespace ServerlessFashion.Chaos.Faults;

/// <summary>Runs on a storage account that fails, and runs whose newest checkpoint was damaged.</summary>
internal sealed class FaultExperiment : IExperiment
{
    private const int RunsOfEachFault = 2;
    private const int FlippedBits = 10;
    private const string FlippedBitPart = "bits";

    /// <inheritdoc/>
    public string Name => "faults";

    /// <inheritdoc/>
    public string Description =>
        $"Lets the storage fail (parts: {string.Join(", ", StorageFault.All.Select(fault => fault.Name))}, {FlippedBitPart}).";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        var reference = await UndisturbedRun.MeasureAsync(Recipe.Short, setup.Tally, cancellation);
        foreach (var fault in StorageFault.All.Where(fault => setup.Wants(fault.Name)))
        {
            for (var i = 0; i < (setup.Count ?? RunsOfEachFault); i++)
            {
                var run = new FaultyRun(fault, reference, setup);
                await run.RunWithOutageAsync(cancellation);
                await run.RunWithScatteredFaultsAsync(cancellation);
            }
        }

        for (var i = 0; setup.Wants(FlippedBitPart) && i < (setup.Count ?? FlippedBits); i++)
        {
            await new FlippedBitRun(reference, setup).RunAsync(cancellation);
        }
    }
}
