using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Phrases;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion predict FILE...</c>: predicts the labels of the images in files, like an upload.</summary>
internal sealed class PredictVerb(IPredictionService predict, WaitNotices waits, Output output)
{
    private sealed record Request(string[] Files, string Model, string? Output, PicturePreparation Pictures);

    /// <summary>Maximum number of images of one file in the JSON document.</summary>
    private const int MostInJson = 1000;

    /// <param name="Predictions">The predictions with <c>--json</c> and without a file for the rows; otherwise null.</param>
    private sealed record FileResult(string File, PredictionSummary Summary, IReadOnlyList<ImagePrediction>? Predictions);

    private sealed record Result(string Model, long Count, string? Output, IReadOnlyList<FileResult> Files);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "CSV, IDX, NPY, a picture, or a ZIP or folder of pictures; - is standard input. The content determines the "
                + "format.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string>("--model")
        {
            Description = "Model that predicts: champion, RUN/MODEL or RUN/MODEL/seed-N.",
            HelpName = "M",
            DefaultValueFactory = _ => PredictImages.Champion,
        }.Completing(PredictImages.Champion);
        var output = new Option<string?>("--output")
        {
            Description = "File for the rows Id,Label,P0,... (default: standard output; a terminal shows the answers in words).",
            HelpName = "FILE",
        };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "Prepare pictures as Fashion-MNIST does: auto (default; leaves grey 28x28 pictures unchanged), always or never.",
            HelpName = "MODE",
        }.Completing<PicturePreparation>();
        return new Command("predict", "Predicts the labels of the images in files.")
        {
            files, model, ServedModel.Dataset, output, pictures, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<PredictVerb, Request>(
            VerbNeeds.Account,
            (parse, _) =>
            {
                var request = new Request(
                    parse.GetRequiredValue(files), ServedModel.Of(parse.GetValue(model), parse.GetValue(ServedModel.Dataset)),
                    OptionText.NamedPath("output", parse.GetValue(output)),
                    OptionText.Choice<PicturePreparation>("pictures", parse.GetValue(pictures)) ?? PicturePreparation.Auto);
                InputFile.RequireAll(request.Files);
                return request;
            },
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        RowsFile.RequireOther(request.Output, request.Files);
        using var model = await OpenAsync(request.Model, cancellation);
        var files = request switch
        {
            { Output: { } path } => await RowsFile.WriteAsync(path, rows => PredictAsync(request, model, rows, cancellation)),
            _ when output.IsJson => await PredictInMemoryAsync(request, model, cancellation),
            _ when output.IsTerminal => await DescribeAsync(request, model, StandardOutput.Open(), cancellation),
            _ => await PredictAsync(request, model, StandardOutput.Open(), cancellation),
        };
        var result = new Result(model.Id, files.Sum(file => file.Summary.Count), request.Output, files);
        output.Result(result, () => Print(result));
        return ExitCodes.Done;
    }

    private async Task<PredictionModel> OpenAsync(string model, CancellationToken cancellation)
    {
        using var wait = waits.Begin($"the model {model} to be loaded");
        return await predict.OpenAsync(model, cancellation);
    }

    private Task<List<FileResult>> PredictAsync(Request request, PredictionModel model, Stream rows, CancellationToken cancellation)
    {
        var target = rows;
        return EachAsync(
            request,
            async input =>
            {
                var summary = await model.PredictToCsvAsync(input, request.Pictures, target, cancellation);
                target = new HeaderlessStream(rows);
                return new FileResult(input.Name, summary, null);
            },
            cancellation);
    }

    private Task<List<FileResult>> DescribeAsync(Request request, PredictionModel model, Stream text, CancellationToken cancellation) =>
        EachAsync(
            request,
            async input => new FileResult(input.Name, await model.DescribeAsync(input, request.Pictures, text, cancellation), null),
            cancellation);

    private Task<List<FileResult>> PredictInMemoryAsync(Request request, PredictionModel model, CancellationToken cancellation) =>
        EachAsync(
            request,
            async input =>
            {
                var (predictions, summary) = await model.PredictAllAsync(
                    input, request.Pictures, MostInJson,
                    () => new InvalidInputException(
                        $"{input.Name}: it contains more than {MostInJson} images; name a file for the rows with --output."),
                    cancellation);
                return new FileResult(input.Name, summary, predictions);
            },
            cancellation);

    private async Task<List<FileResult>> EachAsync(
        Request request, Func<PredictionInput, Task<FileResult>> predict, CancellationToken cancellation)
    {
        var results = new List<FileResult>();
        foreach (var file in request.Files)
        {
            using var wait = waits.Begin(InputFile.DescribeWait(file));
            using var opened = await InputFile.OpenAsync(file, cancellation);
            results.Add(await predict(opened.Input));
        }

        return results;
    }

    private void Print(Result result)
    {
        // On standard error: standard output may carry the rows.
        foreach (var file in result.Files)
        {
            foreach (var warning in file.Summary.Warnings)
            {
                output.Error($"{file.File}: {warning}");
            }
        }

        output.Error(string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Of(result.Count, "image")} predicted by {result.Model} in {result.Files.Sum(file => file.Summary.Seconds):0.0} "
                + $"s{(result.Output is null ? "" : $": {result.Output}")}"));
    }
}
