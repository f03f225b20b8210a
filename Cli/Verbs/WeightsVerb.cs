using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion weights</c>: downloads and checks the ImageNet weights of ResNet50.</summary>
internal sealed class WeightsVerb(LocalData data, Output output)
{
    private sealed record Result(string File);

    public static Command Create() => new Command("weights", "Downloads and checks the ImageNet weights of ResNet50 (98 MB).")
    {
        SharedOptions.Json,
    }.HandledBy<WeightsVerb, object?>(VerbNeeds.Nothing, (_, _) => null, (verb, _, cancellation) => verb.RunAsync(cancellation));

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var file = await data.GetWeightsAsync(cancellation);
        output.Result(new Result(file), () => output.Line($"ImageNet weights: {file}"));
        return ExitCodes.Done;
    }
}
