using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale;

/// <summary>How long the work of each step takes once a worker has it.</summary>
internal sealed record StepTimes
{
    public required TimeSpan RecordStatus { get; init; }

    public required TimeSpan PrepareData { get; init; }

    public required TimeSpan PlanTrainings { get; init; }

    public required TimeSpan EvaluateEnsemble { get; init; }

    public required TimeSpan CompareModels { get; init; }

    public required TimeSpan WriteReport { get; init; }

    public required TimeSpan PromoteChampion { get; init; }

    /// <summary>Time of a training step before and after its real work: reading the data set, building the network.</summary>
    public required TimeSpan TrainingStart { get; init; }

    /// <summary>One epoch of a model of a run, validation and checkpoint included.</summary>
    public required Func<RunConfiguration, ModelConfiguration, TimeSpan> Epoch { get; init; }

    /// <summary>Evaluation of a model of a run on all sets, and its export.</summary>
    public required Func<RunConfiguration, ModelConfiguration, TimeSpan> Evaluation { get; init; }

    /// <summary>As measured, a training with one thread of a CPU.</summary>
    public static StepTimes Cpu { get; } = new()
    {
        RecordStatus = TimeSpan.FromSeconds(Measured.RecordStatusSeconds),
        PrepareData = TimeSpan.FromSeconds(Measured.PrepareDataSeconds),
        PlanTrainings = TimeSpan.FromSeconds(Measured.PlanTrainingsSeconds),
        EvaluateEnsemble = TimeSpan.FromSeconds(Measured.EvaluateEnsembleSeconds),
        CompareModels = TimeSpan.FromSeconds(Measured.CompareModelsSeconds),
        WriteReport = TimeSpan.FromSeconds(Measured.WriteReportSeconds),
        PromoteChampion = TimeSpan.FromSeconds(Measured.PromoteChampionSeconds),
        TrainingStart = TimeSpan.FromSeconds(Measured.TrainingStartSeconds),
        Epoch = (run, model) => TimeSpan.FromSeconds(TrainImages(run, model) * Measured.Of(model.Name).TrainMilliseconds / 1000),
        Evaluation = (run, model) =>
            TimeSpan.FromSeconds(EvaluatedImages(run, model) * Measured.Of(model.Name).EvaluateMilliseconds / 1000),
    };

    /// <summary>The same light steps, and trainings as estimated for a GPU; nothing of it was measured.</summary>
    public static StepTimes Gpu { get; } = Cpu with
    {
        Epoch = (run, model) =>
        {
            var compute = Cpu.Epoch(run, model).TotalSeconds / Estimated.GpuSpeedUp;
            var batches = Math.Ceiling(TrainImages(run, model) / (double)model.BatchSize);
            return TimeSpan.FromSeconds(Math.Max(compute, batches * Estimated.LeastGpuSecondsOfABatch) + Estimated.CheckpointSeconds);
        },
        Evaluation = (run, model) =>
            TimeSpan.FromSeconds((Cpu.Evaluation(run, model).TotalSeconds / Estimated.GpuSpeedUp) + Estimated.ExportSeconds),
    };

    private static int TrainImages(RunConfiguration run, ModelConfiguration model) => model.TrainLimit ?? run.TrainLimit ?? 48_000;

    private static int EvaluatedImages(RunConfiguration run, ModelConfiguration model) =>
        TrainImages(run, model) + (run.ValidationLimit ?? 12_000) + (run.TestLimit ?? 10_000);
}
