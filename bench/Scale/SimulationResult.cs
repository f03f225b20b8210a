namespace ServerlessFashion.Scale;

/// <summary>One limit and how much of it the arriving runs ask for.</summary>
/// <param name="Load">Share of the limit; more than 1 is more than it grants, and work piles up.</param>
internal sealed record LimitLoad(string Name, double Load);

/// <summary>The result of a simulation.</summary>
internal sealed record SimulationResult
{
    public required SimulationOptions Options { get; init; }

    public required int Started { get; init; }

    /// <summary>Runs of which at least one training succeeded.</summary>
    public required int Completed { get; init; }

    /// <summary>How often each error was the end of a training or a run.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>When the last run had ended and the last trainer was gone.</summary>
    public required TimeSpan End { get; init; }

    /// <summary>Of each run, from its request to its end.</summary>
    public required Waits Durations { get; init; }

    public required TaskHub Hub { get; init; }

    public required WorkerPool Api { get; init; }

    public required WorkerPool Trainers { get; init; }

    public required StorageMeter Storage { get; init; }

    /// <summary>
    /// The arrived work relative to the limit during the time of arrivals. In partition <c>run</c> of table <c>Runs</c>, a run
    /// makes eight requests and each of its training steps makes one.
    /// </summary>
    public IReadOnlyList<LimitLoad> Limits
    {
        get
        {
            var seconds = Options.Arrivals.TotalSeconds;
            var training = Options.Run.Configuration.Trainings().ToList();
            var steps = training.Sum(one => 1 + Math.Ceiling((double)one.Model.TotalEpochs / Options.Run.Configuration.SliceEpochs));
            var rows = Started * (8 + steps);
            return
            [
                new LimitLoad("trainers", Trainers.Busy.Hours * 3600 / seconds / Trainers.Most),
                new LimitLoad("api slots", Api.Busy.Hours * 3600 / seconds / Api.Most),
                new LimitLoad("task hub", Hub.Actions / seconds / Hub.ActionsPerSecond),
                new LimitLoad("storage requests", Storage.Sum.Total / seconds / Scale.Limits.StorageRequests),
                new LimitLoad("storage ingress", Gigabits(Storage.Sum.WrittenMegabytes) / seconds / Scale.Limits.StorageIngress),
                new LimitLoad("storage egress", Gigabits(Storage.Sum.ReadMegabytes) / seconds / Scale.Limits.StorageEgress),
                new LimitLoad("table Runs, partition run", rows / seconds / Scale.Limits.PartitionEntities),
            ];
        }
    }

    private static double Gigabits(double megabytes) => megabytes * 8 / 1000;
}
