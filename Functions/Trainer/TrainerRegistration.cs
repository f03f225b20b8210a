using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

internal static class TrainerRegistration
{
    public static IServiceCollection AddTrainer(this IServiceCollection services) => services
        .AddSingleton(OpenDevice())
        .AddSingleton<IProgress<TrainingProgress>, TrainingLog>()
        .AddSingleton(services => new FitEpochsStep(
            services.GetRequiredService<FashionStorage>(),
            services.GetRequiredService<TrainingDevices>(),
            _ => new TrainingPlaces(SideBySide: services.GetRequiredService<IConfiguration>().GetValue("FASHION_TRAINING_REPLICAS", 1), Here: 1),
            services.GetRequiredService<TimeProvider>()))
        .AddSingleton<TrainSliceStep>()
        .AddSingleton<EvaluateModelStep>()
        .AddSingleton<TrainingTurns>();

    /// <summary>The devices of this app. Opens the one of its setting, so that an app that cannot have it fails at its start.</summary>
    /// <exception cref="InvalidInputException">The setting is cuda, and there is no GPU that this app can use.</exception>
    private static TrainingDevices OpenDevice()
    {
        var devices = new TrainingDevices(DeviceSettings.Read(Environment.GetEnvironmentVariable));
        devices.Open(asked: null);
        return devices;
    }
}
