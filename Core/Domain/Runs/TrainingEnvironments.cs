namespace ServerlessFashion.Runs;

/// <summary>The machines that trained and evaluated one model, in the order in which they worked on it.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Environments">
/// One entry, unless the training moved. Empty for runs that were stored before each training had its own record.
/// </param>
public sealed record TrainingEnvironments(string Name, int Seed, IReadOnlyList<RunEnvironment> Environments);
