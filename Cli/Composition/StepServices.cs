using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Cli.Local.Comparisons;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Cli.Composition;

/// <summary>The composition root of a child process, which runs one training step on storage that its parent has opened.</summary>
internal static class StepServices
{
    /// <summary>The storage as <see cref="StorageConnection.Text"/> of the parent names it.</summary>
    private static readonly Setting<string?> StorageSetting = Setting.Text(TrainingStart.StorageVariable) with { IsSecret = true };

    /// <exception cref="InvalidInputException">A setting cannot be used.</exception>
    public static ServiceProvider Build(
        ILoggerFactory loggers, IProgress<TrainingProgress> progress, IProgress<StorageNotice> notices) => new ServiceCollection()
        .AddSingleton(SettingSource.Environment)
        .AddCommon(loggers)
        .AddSingleton(provider => Connect(SettingSource.Environment, provider.GetRequiredService<StorageWaits>()))
        .AddFashionStorage()
        .AddDatasets(ProjectFolder.State)
        .AddSingleton(progress)
        .AddSingleton(notices)
        .AddSingleton(CreateSlots)
        .AddTrainingDevices()
        .AddTrainingSteps()
        .BuildServiceProvider();

    private static FashionStorage Connect(SettingSource settings, StorageWaits waits) => StorageConnection.Connect(
        settings.Get(StorageSetting)
        ?? throw new InvalidInputException(
            $"run-step: {TrainingStart.StorageVariable} is not set; the program itself starts this command."),
        waits);

    private static Func<RunConfiguration, TrainingSlots> CreateSlots(IServiceProvider services)
    {
        var devices = services.GetRequiredService<TrainingDevices>();
        return configuration =>
        {
            var slots = LocalRuns.TrainingSlots(configuration, devices, begunOn: null);
            return new TrainingSlots(slots, slots);
        };
    }
}
