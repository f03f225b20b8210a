using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data</c>: finds or downloads Fashion-MNIST; checks it, or writes the competition's CSV files.</summary>
internal static class DataVerb
{
    private sealed record Result(string Folder, int TrainImages, int TestImages, string Sha256, string? Exported);

    public static Command Create()
    {
        var verify = new Option<bool>("--verify") { Description = "Read all four files and check every count and the content." };
        var export = new Option<string?>("--export-csv")
        {
            Description = "Write train.csv, testX.csv and the test labels of the competition to this folder.",
            HelpName = "DIR",
        };
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var command = new Command("data", "Finds or downloads the data set, checks it, and exports the competition's files.")
        {
            verify, export, data, json,
        };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetValue(verify), OptionText.NamedPath("export-csv", parse.GetValue(export)), parse.GetValue(data), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool verify, string? export, string? data, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        if (export is not null)
        {
            OptionText.MakeFolder("export-csv", export);
        }

        var files = await LightSteps.Datasets(data).LocateAsync(new ActionProgress<string>(output.Line), cancellation);
        var folder = Path.GetDirectoryName(files.TrainImages)!;
        if (!verify && export is null && !json)
        {
            output.Line($"Fashion-MNIST: {folder}");
            return ExitCodes.Done;
        }

        var images = files.Load();
        if (export is not null)
        {
            await CompetitionCsv.ExportAsync(images, export, cancellation);
        }

        var result = new Result(folder, images.TrainGarments.Length, images.TestGarments.Length, images.Sha256, export);
        output.Result(result, () =>
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"Fashion-MNIST: {folder}, {result.TrainImages} training and {result.TestImages} test images, content as published "
                    + $"(SHA-256 {result.Sha256})"));
            if (export is not null)
            {
                output.Line($"competition files: {export}");
            }
        });
        return ExitCodes.Done;
    }
}
