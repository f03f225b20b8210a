namespace ServerlessFashion.Evaluation;

/// <summary>What the process of a training used during one epoch. It does not affect any result.</summary>
/// <param name="CpuSeconds">CPU time of all its threads.</param>
/// <param name="MemoryBytes">Its resident memory at the end of the epoch.</param>
/// <param name="Gpu">The use of its GPU; null on the CPU, and where the driver does not tell.</param>
public sealed record ResourceUse(double CpuSeconds, long MemoryBytes, GpuUse? Gpu = null);

/// <summary>The use of a GPU by all processes during one epoch, as its driver reports it. A driver may tell only one of the two.</summary>
/// <param name="BusyShare">Mean share of the time in which the GPU computed, 0..1; null where the driver does not tell.</param>
/// <param name="MemoryBytes">The most memory that was in use; null where the driver does not tell.</param>
public sealed record GpuUse(double? BusyShare, long? MemoryBytes);
