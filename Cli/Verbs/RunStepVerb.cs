using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Local.Trainings;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>The inner verb: executes one training step in its own process for a <see cref="TrainingProcess"/>.</summary>
internal static class RunStepVerb
{
    public static Command Create()
    {
        var step = new Argument<string>("step");
        var command = new Command("run-step", "Executes one step of a run; the program starts it itself.") { step };
        command.Hidden = true;
        command.SetAction((parse, _) => StepProcess.RunAsync(parse.GetRequiredValue(step)));
        return command;
    }
}
