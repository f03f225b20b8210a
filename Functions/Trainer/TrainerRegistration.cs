using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessFashion.Runs;
using ServerlessFashion.Settings;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>The services of the part that trains.</summary>
internal static class TrainerRegistration
{
    public static IServiceCollection AddTrainer(this IServiceCollection services)
    {
        services.AddSettings(TrainerOptions.Read);
        return services
            .AddSingleton<IProgress<TrainingProgress>, TrainingLog>()
            .AddSingleton(CreatePlaces)
            .AddTrainingDevices()
            .AddTrainingSteps()
            .AddSingleton<TrainingTurns>();
    }

    /// <summary>Fails at the start of a worker, not in its first training.</summary>
    /// <exception cref="InvalidInputException">This machine cannot train, or not on the device that the settings ask for.</exception>
    public static void CheckTrainer(this IServiceProvider services)
    {
        TrainingLibrary.Check();
        services.GetRequiredService<TrainingDevices>().Open(asked: null);
    }

    private static Func<RunConfiguration, TrainingPlaces> CreatePlaces(IServiceProvider services)
    {
        var replicas = services.GetRequiredService<IOptions<TrainerOptions>>().Value.Replicas;
        return _ => new TrainingPlaces(SideBySide: replicas, Here: 1);
    }
}
