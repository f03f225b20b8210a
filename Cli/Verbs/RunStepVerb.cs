using System.CommandLine;
using ServerlessFashion.Cli.Local;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>The inner verb: one training step in a process of its own, which the program starts itself.</summary>
internal static class RunStepVerb
{
    public static Command Create()
    {
        var step = new Argument<string>("step");
        var command = new Command("run-step", "Runs one step of a run; used by the program itself.") { step };
        command.Hidden = true;
        command.SetAction((parse, _) => StepProcess.RunAsync(parse.GetRequiredValue(step)));
        return command;
    }
}
