using Microsoft.Extensions.Logging;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Local;

/// <summary>Makes the runner of one run.</summary>
public sealed class LocalRunnerFactory(
    RunStore runs, RunFolders folders, RunLocks locks, StepRegistry lightSteps, TimeProvider time, ILogger<LocalRunner> log)
{
    /// <param name="trainingSteps">Runs the training steps.</param>
    /// <param name="sideBySide">Trainings that run at once.</param>
    public LocalRunner Create(ITrainingSteps trainingSteps, int sideBySide) =>
        new(runs, folders, locks, lightSteps, trainingSteps, new SemaphoreSlim(sideBySide), time, log);
}
