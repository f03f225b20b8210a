using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessFashion.Settings;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training;

/// <summary>Registers the devices of this machine and the steps that train on them.</summary>
public static class TrainingServices
{
    /// <summary>Registers the devices by the settings of <see cref="DeviceSettings"/>. Loads no libtorch until a device is opened.</summary>
    public static IServiceCollection AddTrainingDevices(this IServiceCollection services)
    {
        services.AddSettings(DeviceSettings.Read);
        return services.AddSingleton(provider => new TrainingDevices(provider.GetRequiredService<IOptions<DeviceSettings>>().Value));
    }

    /// <summary>
    /// Registers the training steps. Needs the devices, the storage, the data set, an <c>IProgress</c> of <c>TrainingProgress</c>, and a
    /// function that says how a run's trainings share the machines.
    /// </summary>
    public static IServiceCollection AddTrainingSteps(this IServiceCollection services) => services
        .AddSingleton<TrainingInputs>()
        .AddSingleton<FitEpochsStep>()
        .AddSingleton<TrainSliceStep>()
        .AddSingleton<EvaluateModelStep>();
}
