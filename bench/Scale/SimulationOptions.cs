using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale;

/// <summary>The options of a simulation.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Comparisons a day, at random moments (a Poisson process).</summary>
    public required double PerDay { get; init; }

    /// <summary>Maximum number of trainers: the GPU quota.</summary>
    public required int Trainers { get; init; }

    /// <summary>Time during which comparisons arrive; the simulation goes on until the last has ended.</summary>
    public required TimeSpan Arrivals { get; init; }

    public required int Seed { get; init; }

    public required RunDefinition Run { get; init; }

    public required StepTimes Times { get; init; }

    /// <summary>Light steps at once. The default value is 20: ten replicas of the api app, two cores each.</summary>
    public int ApiSlots { get; init; } = 20;

    /// <summary>Actions per second of the task hub. The default value is 2,000: one capacity unit.</summary>
    public double ActionsPerSecond { get; init; } = 2000;

    /// <summary>From the wish for a trainer until it takes work. The default value is two minutes, an estimate.</summary>
    public TimeSpan ColdStart { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a trainer stays without work. The default value is five minutes, as the deployment has it.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(5);
}
