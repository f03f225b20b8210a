using System.Security.Cryptography;
using ServerlessFashion.Application;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>The application on this machine.</summary>
internal static class LocalApplication
{
    public static FashionApplication Create(FashionStorage storage, IComparisonHost host, TrainingDevices devices) =>
        new(storage, host, Machine(devices), TimeProvider.System, RandomNumberGenerator.Create());

    /// <summary>The same for a verb that starts no run, or that executes its run itself.</summary>
    public static FashionApplication Create(FashionStorage storage) => Create(storage, new VerbHost(storage), LocalRuns.Devices());

    public static TrainingMachine Machine(TrainingDevices devices) => new(LocalRuns.Threads, devices.Choose);
}
