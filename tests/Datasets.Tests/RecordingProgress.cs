namespace ServerlessFashion.Datasets.Tests;

internal sealed class RecordingProgress : IProgress<string>
{
    public List<string> Lines { get; } = [];

    public void Report(string value) => Lines.Add(value);
}
