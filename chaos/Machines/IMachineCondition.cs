namespace ServerlessFashion.Chaos.Machines;

/// <summary>Something that is unusual about a machine. A run there ends with the same bits, or with one sentence.</summary>
internal interface IMachineCondition
{
    /// <summary>The name of the part on the command line.</summary>
    string Name { get; }

    /// <summary>Runs commands under the condition and checks how they end.</summary>
    Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation);
}
