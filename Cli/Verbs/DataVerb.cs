using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data</c>: finds or downloads Fashion-MNIST; checks it, or writes the competition's CSV files.</summary>
internal sealed class DataVerb(LocalData data, WaitNotices waits, Output output)
{
    private sealed record Request(bool Verify, string? Export);

    private sealed record Result(string Folder, int TrainImages, int TestImages, string Sha256, string? Exported);

    public static Command Create()
    {
        var verify = new Option<bool>("--verify") { Description = "Read all four files and check every count and the content." };
        var export = new Option<string?>("--export-csv")
        {
            Description = "Write train.csv, testX.csv and the test labels of the competition to this folder.",
            HelpName = "DIR",
        };
        return new Command("data", "Finds Fashion-MNIST; registers, lists and removes data sets.")
        {
            verify, export, SharedOptions.Data, SharedOptions.Json,
            DataAddVerb.Create(), DataListVerb.Create(), DataShowVerb.Create(), DataRemoveVerb.Create(),
        }.HandledBy<DataVerb, Request>(
            VerbNeeds.Nothing,
            (parse, _) => new Request(parse.GetValue(verify), OptionText.NamedPath("export-csv", parse.GetValue(export))),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var export = request.Export;
        if (export is not null)
        {
            OptionText.MakeFolder("export-csv", export);
        }

        var folder = await data.LocateAsync(cancellation);
        if (!request.Verify && export is null && !output.IsJson)
        {
            output.Line($"Fashion-MNIST: {folder.Path}");
            return ExitCodes.Done;
        }

        using var wait = waits.Begin("the images to be read and checked");
        var images = folder.Load();
        if (export is not null)
        {
            await LocalData.ExportAsync(images, export, cancellation);
        }

        var result = new Result(folder.Path, images.TrainGarments.Length, images.TestGarments.Length, images.Sha256, export);
        output.Result(result, () =>
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"Fashion-MNIST: {folder.Path}, {result.TrainImages} training and {result.TestImages} test images, content as published "
                    + $"(SHA-256 {result.Sha256})"));
            if (export is not null)
            {
                output.Line($"competition files: {export}");
            }
        });
        return ExitCodes.Done;
    }
}
