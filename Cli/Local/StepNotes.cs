using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Cli.Local;

/// <summary>Prints the notes of steps.</summary>
internal sealed class StepNotes(Output output) : IProgress<StepNote>
{
    public void Report(StepNote value) => output.Line(value.Text);
}
