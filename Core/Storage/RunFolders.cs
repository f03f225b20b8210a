namespace ServerlessFashion.Storage;

/// <summary>Opens the folder of a run and the checkpoints of a training.</summary>
public sealed class RunFolders(FashionStorage storage)
{
    public RunFolder Of(string runId) => new(storage, runId);

    /// <summary>The checkpoints of one training, for one writer: the result remembers the pointer that it read last.</summary>
    public CheckpointStore CheckpointsOf(string runId, string model, int seed) =>
        new(storage.Container(StorageNames.Runs), StorageNames.TrainingFolder(runId, model, seed));
}
