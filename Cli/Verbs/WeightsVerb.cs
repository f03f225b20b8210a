using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Datasets;
using ServerlessFashion.Training;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion weights</c>: downloads and checks the ImageNet weights of ResNet50.</summary>
internal static class WeightsVerb
{
    private sealed record Result(string File);

    public static Command Create()
    {
        var json = SharedOptions.Json();
        var command = new Command("weights", "Downloads the ImageNet weights of ResNet50 (98 MB) and checks them.") { json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        var weights = LightSteps.Weights();
        string file;
        try
        {
            file = await weights.GetAsync(new ActionProgress<string>(output.Line), cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidInputException(
                $"weights: {ImageNetWeights.FileName} cannot be downloaded ({e.Message.TrimEnd('.')}); put the file into "
                    + $"{Path.GetDirectoryName(weights.LocalPath)}. Without it ResNet50 starts from random weights, and the report says "
                    + "so.", e);
        }

        PretrainedWeights.ReadPth(file);
        output.Result(new Result(file), () => output.Line($"ImageNet weights: {file}"));
        return ExitCodes.Done;
    }
}
