namespace ServerlessFashion.Chaos;

/// <summary>One way to disturb runs, and the check that nothing is lost by it.</summary>
internal interface IExperiment
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence for the help.</summary>
    string Description { get; }

    /// <summary>Runs the experiment and reports what it sees to <see cref="ExperimentSetup.Tally"/>.</summary>
    Task RunAsync(ExperimentSetup setup, CancellationToken cancellation);
}
