using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion doctor</c>: reports what works on this machine and what does not. It exits with 1 if a comparison cannot run.
/// </summary>
internal sealed class DoctorVerb(MachineChecks machine, Output output)
{
    public static Command Create() => new Command("doctor", "Checks that this machine has everything that a comparison needs.")
    {
        SharedOptions.Storage, SharedOptions.Data, SharedOptions.Json,
    }.HandledBy<DoctorVerb, bool>(
        VerbNeeds.Nothing with { Services = MachineCheckRegistration.AddMachineChecks },
        (_, _) => true, (verb, _, cancellation) => verb.RunAsync(cancellation));

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var checks = await machine.RunAsync(cancellation);
        output.Result(checks, () =>
        {
            foreach (var check in checks)
            {
                output.Line($"{(check.Passed ? "ok     " : check.Needed ? "MISSING" : "absent ")} {check.Name}: {check.Detail}");
            }
        });
        return checks.Any(check => check.Needed && !check.Passed) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
