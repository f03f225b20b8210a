namespace ServerlessFashion.Functions.Durable;

/// <summary>The waiting times of the durable host.</summary>
public sealed record DurableTimings
{
    public static DurableTimings Default { get; } = new();

    /// <summary>
    /// Time between a failed first attempt and the second; the third waits twice as long. The default value is 30 seconds.
    /// </summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Maximum time that a step with a deadline may wait for a free worker. The default value is one day.</summary>
    public TimeSpan WaitForWorker { get; init; } = TimeSpan.FromDays(1);
}
