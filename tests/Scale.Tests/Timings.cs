using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale.Tests;

/// <summary>Simulations with times that can be reckoned with by hand.</summary>
internal static class Timings
{
    /// <summary>Status 1 s, data 5 s, an epoch 100 s, evaluation 20 s, comparison 2 s, report 3 s, promotion 4 s.</summary>
    public static StepTimes Round { get; } = new()
    {
        RecordStatus = TimeSpan.FromSeconds(1),
        PrepareData = TimeSpan.FromSeconds(5),
        PlanTrainings = TimeSpan.Zero,
        EvaluateEnsemble = TimeSpan.Zero,
        CompareModels = TimeSpan.FromSeconds(2),
        WriteReport = TimeSpan.FromSeconds(3),
        PromoteChampion = TimeSpan.FromSeconds(4),
        TrainingStart = TimeSpan.Zero,
        Epoch = (_, _) => TimeSpan.FromSeconds(100),
        Evaluation = (_, _) => TimeSpan.FromSeconds(20),
    };

    /// <summary>One model, one epoch, one trainer that needs a minute to start, and a task hub without a limit.</summary>
    public static SimulationOptions OneTrainer { get; } = new()
    {
        PerDay = 1,
        Trainers = 1,
        Arrivals = TimeSpan.FromDays(1),
        Seed = 1,
        Run = Configure(epochs: 1),
        Times = Round,
        ActionsPerSecond = double.PositiveInfinity,
        ColdStart = TimeSpan.FromSeconds(60),
        Cooldown = TimeSpan.FromSeconds(300),
    };

    public static RunDefinition Configure(int epochs)
    {
        var counts = new Dictionary<string, int> { ["model1"] = epochs };
        return Presets.Configure(new ComparisonOptions { Preset = "quick", Models = ["model1"], Epochs = counts }, _ => 1);
    }
}
