using ServerlessFashion.Settings;

namespace ServerlessFashion.Functions.Http;

/// <summary>What the app knows about the machine that trains.</summary>
/// <param name="Threads">CPU threads of one training. The default value is this machine's number of cores.</param>
internal sealed record MachineOptions(int Threads)
{
    private const int MostThreads = 1024;

    /// <summary>Where another app trains, the number of its cores.</summary>
    private static readonly Setting<int> ThreadsSetting =
        Setting.Number("FASHION_TRAINING_THREADS", Environment.ProcessorCount, 1, MostThreads);

    public static MachineOptions Read(SettingSource settings) => new(settings.Get(ThreadsSetting));
}
