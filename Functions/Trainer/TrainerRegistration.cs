using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

internal static class TrainerRegistration
{
    /// <exception cref="InvalidInputException">This machine cannot train, or not on the requested device.</exception>
    public static IServiceCollection AddTrainer(this IServiceCollection services, IConfiguration configuration)
    {
        TrainingLibrary.Check();
        var devices = new TrainingDevices(DeviceSettings.Read(setting => configuration[setting]));
        devices.Open(asked: null);
        var replicas = configuration.ReadCount("FASHION_TRAINING_REPLICAS", 1);
        return services
            .AddSingleton(devices)
            .AddSingleton<IProgress<TrainingProgress>, TrainingLog>()
            .AddSingleton(services => new FitEpochsStep(
                services.GetRequiredService<FashionStorage>(),
                devices,
                _ => new TrainingSlots(Total: replicas, PerMachine: 1),
                services.GetRequiredService<TimeProvider>()))
            .AddSingleton<TrainSliceStep>()
            .AddSingleton<EvaluateModelStep>()
            .AddSingleton<SerialStepRunner>();
    }
}
