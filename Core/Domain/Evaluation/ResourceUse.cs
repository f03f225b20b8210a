namespace ServerlessFashion.Evaluation;

/// <summary>What the process of a training used during one epoch. It does not affect any result.</summary>
/// <param name="CpuSeconds">CPU time of all its threads.</param>
/// <param name="MemoryBytes">Its resident memory at the end of the epoch.</param>
public sealed record ResourceUse(double CpuSeconds, long MemoryBytes);
