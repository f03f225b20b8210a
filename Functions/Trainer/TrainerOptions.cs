using ServerlessFashion.Settings;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>How many replicas of the trainer share the trainings of a run.</summary>
/// <param name="Replicas">The default value is 1.</param>
internal sealed record TrainerOptions(int Replicas)
{
    private const int MostReplicas = 1000;

    private static readonly Setting<int> ReplicasSetting = Setting.Number("FASHION_TRAINING_REPLICAS", 1, 1, MostReplicas);

    public static TrainerOptions Read(SettingSource settings) => new(settings.Get(ReplicasSetting));
}
