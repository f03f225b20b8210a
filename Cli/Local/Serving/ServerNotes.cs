using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>Prints the notes of steps with their run, since a server carries out several.</summary>
internal sealed class ServerNotes(Output output) : IProgress<StepNote>
{
    public void Report(StepNote value) => output.Line($"run {value.RunId}: {value.Text}");
}
