using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Cli.Local;

/// <summary>What carries runs on this machine: as many trainings at once as the cores allow, each in a process of its own.</summary>
internal static class LocalRuns
{
    /// <summary>CPU threads of each of so many trainings.</summary>
    public static int Threads(int trainings) => Presets.ThreadsPerTraining(Environment.ProcessorCount, trainings);

    /// <summary>Trainings that run at once, given the threads of one.</summary>
    public static int SideBySide(int threads) => Math.Max(1, Environment.ProcessorCount / threads);

    public static TrainingPlaces Places(int threads) => new(SideBySide(threads), SideBySide(threads));

    public static LocalRunner CreateRunner(
        StorageConnection connection, RunConfiguration configuration, string? data, IProgress<TrainingProgress> trainings, IProgress<string> notes)
    {
        var slots = new SemaphoreSlim(SideBySide(configuration.ThreadsPerTraining));
        return new LocalRunner(
            connection.Storage,
            LightSteps.Create(connection.Storage, data, notes),
            new TrainingProcess(connection.Text, configuration.ThreadsPerTraining, trainings),
            slots,
            TimeProvider.System);
    }
}
