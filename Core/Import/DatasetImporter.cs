using Microsoft.Extensions.Logging;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Import.Checks;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Import.Reading;
using ServerlessFashion.Import.Sources;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Import;

/// <summary>
/// Registers a labelled set of images. It reads the source twice: the first time to count, the second time to decode. Memory takes up
/// to 400 bytes for each image beside one chunk of 32 MiB and the pictures that are being decoded; the pixels wait in a temporary file. Blobs
/// are written only after all checks, and an interrupted import leaves no registered set.
/// </summary>
public sealed class DatasetImporter(
    FashionStorage storage, RegisteredSets sets, TimeProvider time, ILogger<DatasetImporter>? log = null)
{
    /// <summary>Leftovers of an import that was interrupted longer ago are deleted.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    private static readonly int[] UsualSizes = [28, 32, 64, 96];

    /// <param name="path">A folder or file of this machine.</param>
    /// <param name="shownName">
    /// Names the source in messages where somebody sent it, so that lower limits hold; null for a source that its owner named by its path.
    /// </param>
    /// <exception cref="InvalidInputException">The source cannot become a data set. The message says why.</exception>
    public async Task<DatasetDescription> ImportAsync(
        ImportRequest request, string path, string? shownName, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        request.Check();
        await sets.SweepAsync(time.GetUtcNow() - LeftoverAge, cancellation);
        await using var files = await SourceFiles.OpenAsync(path, shownName, cancellation);
        try
        {
            return await ImportAsync(request, files, new ImportClock(time, progress), cancellation);
        }
        catch (InvalidDataException e)
        {
            throw files.Context.Error($"the packed data is damaged or cut off: {e.Message.TrimEnd('.')}", e);
        }
        catch (IOException e) when (e is not EndOfStreamException)
        {
            throw files.Context.Error($"it cannot be read ({FileFailure.Reason(e)})", e);
        }
    }

    private async Task<DatasetDescription> ImportAsync(
        ImportRequest request, SourceFiles files, ImportClock clock, CancellationToken cancellation)
    {
        var context = files.Context;
        var source = await SourceDetection.DetectAsync(files, cancellation);
        var survey = await SourceSurvey.ReadAsync(source, context, clock, cancellation);
        SourceChecks.CheckClasses(survey, source, context);
        var lines = request.Labels ?? await ClassNameFile.FindAsync(files, cancellation) ?? source.ClassNames;
        var median = survey.Median();
        var side = request.Size ?? UsualSizes.MinBy(size => Math.Abs(size - median.Side));
        var channels = request.IsColour ?? survey.HasColour ? 3 : 1;

        SourceChecks.CheckSpace((long)survey.Count * side * side * channels, survey.Count, side, context);

        using var reading = await ImageReading.ReadAsync(source, survey, side, channels, context, clock, cancellation);
        var grey = reading.Grey();
        if (request.IsColour is null && channels == 3 && grey.Count == reading.Readable().Count())
        {
            reading.DropColours();
        }

        var names = SourceChecks.NameClasses(survey, reading, lines, context);
        var labels = new byte[survey.Count];
        foreach (var image in reading.Readable())
        {
            labels[image] = (byte)names.LabelOf[survey.Classes[survey.ClassOf(image)]];
        }

        var train = OrderOf(DatasetPart.Train);
        var test = OrderOf(DatasetPart.Test);
        var set = new DatasetDescription
        {
            Name = request.Name,
            Side = side,
            Channels = reading.Channels,
            Classes = names.Names,
            TrainPerClass = Count(train),
            TestPerClass = test.Images.Count == 0 ? [] : Count(test),
            TrainCount = train.Images.Count,
            TestCount = test.Images.Count,
            Sha256 = "",
            Preparation = new ImagePreparation(median.Width, median.Height, reading.Channels == 1, Resampling.Area),
            Findings = [],
            CreatedAt = time.GetUtcNow(),
        };
        set = set with { Findings = SourceChecks.Find(set, source, survey, reading, names, train, test) };
        SourceChecks.Check(set, request.IsStrict, context);
        return await StoreAsync(set, request.Replaces, reading, labels, train, test, clock, cancellation);

        ContentOrder OrderOf(DatasetPart part) =>
            new(reading.Readable().Where(image => survey.PartOf(image) == part), reading.Digests, labels);

        List<int> Count(ContentOrder part)
        {
            var counts = part.Images.CountBy(image => (int)labels[image]).ToDictionary();
            return [.. Enumerable.Range(0, names.Names.Count).Select(label => counts.GetValueOrDefault(label))];
        }
    }

    private async Task<DatasetDescription> StoreAsync(
        DatasetDescription set, bool replaces, ImageReading reading, byte[] labels, ContentOrder train, ContentOrder test,
        ImportClock clock, CancellationToken cancellation)
    {
        await using var writer = await RegisteredSetWriter.BeginAsync(storage, set.Name, replaces, time, cancellation, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, writer.Lost);
        using var upload = new SetUpload(writer, reading, labels, clock);
        var stored = set with { Sha256 = await upload.StoreAsync(set, train.Images, test.Images, stop.Token) };
        await writer.CompleteAsync(stored, stop.Token);
        return stored;
    }
}
