using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion predict FILE...</c>: predicts the labels of the images in files, like an upload.</summary>
internal static class PredictVerb
{
    private sealed record Request(string[] Files, string Model, string? Output, PicturePreparation Pictures, string? Storage, bool Json);

    /// <summary>Maximum number of images of one file in the JSON document.</summary>
    private const int MostInJson = 1000;

    /// <param name="Predictions">The predictions with <c>--json</c> and without a file for the rows; otherwise null.</param>
    private sealed record FileResult(string File, PredictionSummary Summary, IReadOnlyList<ImagePrediction>? Predictions);

    private sealed record Result(string Model, long Count, string? Output, IReadOnlyList<FileResult> Files);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Competition CSV, IDX, NPY, PNG, JPEG or ZIP of pictures; the content determines the format.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string>("--model")
        {
            Description = "champion (default), RUN/MODEL or RUN/MODEL/seed-N.",
            HelpName = "M",
            DefaultValueFactory = _ => ModelReference.Champion,
        };
        var output = new Option<string?>("--output")
        {
            Description = "File for the rows Id,Label,P0,... (default: standard output).",
            HelpName = "FILE",
        };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "Prepare pictures as Fashion-MNIST does: auto (default; leaves grey 28x28 pictures unchanged), always or never.",
        };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("predict", "Predicts the labels of the images in files.") { files, model, output, pictures, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(
            new Request(
                parse.GetRequiredValue(files), parse.GetRequiredValue(model), OptionText.NamedPath("output", parse.GetValue(output)),
                OptionText.Choice<PicturePreparation>("pictures", parse.GetValue(pictures)) ?? PicturePreparation.Auto,
                parse.GetValue(storage), parse.GetValue(json)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var output = new Output(request.Json);
        await using var connection = await StorageConnection.OpenAsync(request.Storage, cancellation);
        var version = await ModelReference.FindAsync(new ModelRegistry(connection.Storage, TimeProvider.System), request.Model, cancellation);
        using var classifiers = new ClassifierCache(connection.Storage);
        using var lease = await classifiers.RentAsync(version, cancellation);

        var files = request switch
        {
            { Output: { } path } => await ToFileAsync(path, rows => PredictAsync(request, lease.Classifier, rows, cancellation)),
            { Json: true } => await PredictInMemoryAsync(request, lease.Classifier, cancellation),
            _ => await PredictAsync(request, lease.Classifier, Console.OpenStandardOutput(), cancellation),
        };
        var result = new Result(version.Id, files.Sum(file => file.Summary.Count), request.Output, files);
        output.Result(result, () => Print(result));
        return ExitCodes.Done;
    }

    /// <summary>
    /// Writes the rows under their final name when they are complete. A device receives them immediately and is not replaced.
    /// </summary>
    private static async Task<List<FileResult>> ToFileAsync(string path, Func<Stream, Task<List<FileResult>>> write)
    {
        // A unique name, because another command may write the same file.
        var partial = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            if (IsDevice(path))
            {
                await using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
                return await write(device);
            }

            List<FileResult> results;
            await using (var rows = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                results = await write(rows);
            }

            File.Move(partial, path, overwrite: true);
            return results;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"output: {path} cannot be written ({e.Message.TrimEnd('.')}).", e);
        }
        finally
        {
            // Deleting from a folder that does not exist would cause another error.
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>True for devices such as /dev/null and /dev/stdout. Paths in /dev/shm are files.</summary>
    private static bool IsDevice(string path) =>
        Path.GetFullPath(path) is var full && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static async Task<List<FileResult>> PredictAsync(Request request, ImageClassifier classifier, Stream rows, CancellationToken cancellation)
    {
        var predictor = new BatchPredictor(TimeProvider.System);
        var options = ReadOptions.Default with { Pictures = request.Pictures };
        var results = new List<FileResult>();
        foreach (var file in request.Files)
        {
            await using var content = Open(file);
            var target = results.Count == 0 ? rows : new HeaderlessStream(rows);
            results.Add(new FileResult(file, await predictor.PredictAsync(content, file, classifier, target, options, cancellation), null));
        }

        return results;
    }

    private static async Task<List<FileResult>> PredictInMemoryAsync(Request request, ImageClassifier classifier, CancellationToken cancellation)
    {
        var options = ReadOptions.Default with { Pictures = request.Pictures };
        var results = new List<FileResult>();
        foreach (var file in request.Files)
        {
            await using var content = Open(file);
            var start = TimeProvider.System.GetTimestamp();
            var warnings = new List<string>();
            var predictions = await ImagePrediction.OfFileAsync(
                classifier, content, file, options, warnings.Add, MostInJson,
                () => new InvalidInputException($"{file}: it contains more than {MostInJson} images; name a file for the rows with "
                    + "--output."), cancellation);
            var counts = classifier.LabelNames.Select((name, label) => new LabelCount(label, name, predictions.Count(prediction => prediction.Label == label)));
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            results.Add(new FileResult(file, new PredictionSummary(predictions.Count, classifier.ModelId, seconds, [.. counts], warnings), predictions));
        }

        return results;
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{file}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static void Print(Result result)
    {
        // On standard error: standard output may carry the rows.
        foreach (var file in result.Files)
        {
            foreach (var warning in file.Summary.Warnings)
            {
                Console.Error.WriteLine($"{file.File}: {warning}");
            }
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Count} images predicted by {result.Model} in {result.Files.Sum(file => file.Summary.Seconds):0.0} "
                + $"s{(result.Output is null ? "" : $": {result.Output}")}"));
    }
}
