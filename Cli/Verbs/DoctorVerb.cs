using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion doctor</c>: says what works on this machine and what does not. Exit 1 when a comparison cannot run.</summary>
internal sealed class DoctorVerb(MachineChecks machine, Output output)
{
    public static Command Create() => new Command("doctor", "Checks what a comparison needs on this machine.")
    {
        SharedOptions.Storage, SharedOptions.Data, SharedOptions.Json,
    }.CarriedOutBy<DoctorVerb, bool>(
        VerbNeeds.Nothing,
        (parse, _) => parse.GetValue(SharedOptions.Storage) is null,
        (verb, usesEmulator, cancellation) => verb.RunAsync(usesEmulator, cancellation));

    private async Task<int> RunAsync(bool usesEmulator, CancellationToken cancellation)
    {
        var checks = await machine.RunAsync(usesEmulator, cancellation);
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
