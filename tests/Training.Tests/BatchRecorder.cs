namespace ServerlessFashion.Training.Tests;

/// <summary>Calls <paramref name="record"/> at every report, on the thread of the training.</summary>
internal sealed class BatchRecorder(Action<BatchProgress> record) : IProgress<BatchProgress>
{
    public void Report(BatchProgress value) => record(value);
}
