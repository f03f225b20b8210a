using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Cli.Local.Comparisons;

/// <summary>Prints the notes of steps.</summary>
internal sealed class StepNotes(Output output) : IProgress<StepNote>
{
    public void Report(StepNote value) => output.Line(value.Text);
}
