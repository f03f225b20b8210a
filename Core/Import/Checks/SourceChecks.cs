using ServerlessFashion.Data;
using ServerlessFashion.Import.Reading;
using ServerlessFashion.Import.Sources;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Checks;

/// <summary>What is refused of a source, and what is reported of it.</summary>
internal static class SourceChecks
{
    /// <exception cref="InvalidInputException">There are no images, one class or too many.</exception>
    public static void CheckClasses(SourceSurvey survey, LabelledSource source, ReadContext context)
    {
        if (survey.Count == 0)
        {
            var others = source.OtherFiles.Count == 0 ? "" : $", only {string.Join(", ", source.OtherFiles.Take(5))}";
            throw context.Error($"it has no pictures in class folders{others}; put the pictures of each class into a folder of its name");
        }

        if (survey.Sizes.Count == 0)
        {
            throw NoneReadable(survey, context);
        }

        CheckCount(survey.Classes, context);
    }

    /// <summary>Refuses images that the temporary folder cannot hold, before a long import.</summary>
    /// <param name="bytes">Bytes of all pixels.</param>
    /// <exception cref="InvalidInputException">There is too little space, or the source exceeds its limit.</exception>
    public static void CheckSpace(long bytes, int count, int side, ReadContext context)
    {
        var images = $"its {Quantity.Of(count, "image")} of {side}x{side} take {bytes} bytes";
        if (bytes > context.Options.MaxUnpackedBytes)
        {
            throw context.Error($"{images}, more than the limit of {context.Options.MaxUnpackedBytes}; choose a smaller size");
        }

        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        if (bytes > free)
        {
            throw context.Error(
                $"{images}, but the temporary folder {Path.GetTempPath()} has {free} free; choose a smaller size, or set TMPDIR to another "
                + "folder");
        }
    }

    /// <summary>The names of the classes that have readable images.</summary>
    /// <exception cref="InvalidInputException">There is one class or too many, or the names do not fit.</exception>
    public static ClassNames NameClasses(
        SourceSurvey survey, ImageReading reading, IReadOnlyList<string>? lines, ReadContext context)
    {
        var classes = reading.Readable().Select(image => survey.Classes[survey.ClassOf(image)]).ToHashSet();
        if (classes.Count == 0)
        {
            throw NoneReadable(survey, context);
        }

        var unreadable = Enumerable.Range(0, survey.Count).Where(image => reading.IsDamaged[image]).ToList();
        CheckCount(classes, context, unreadable.Count == 0
            ? ""
            : $"; {Quantity.Of(unreadable.Count, "picture")} cannot be read, the first is {survey.Names[unreadable[0]]}");
        return ClassNames.Of(classes, lines, context);
    }

    public static IReadOnlyList<DatasetFinding> Find(
        DatasetDescription set, LabelledSource source, SourceSurvey survey, ImageReading reading, ClassNames names, ContentOrder train,
        ContentOrder test)
    {
        var findings = new FindingList(survey.Names);
        var grey = reading.Grey();
        var readable = reading.Readable().Count();
        var empty = names.Unused.Concat(source.EmptyClasses)
            .Concat(survey.Classes.Where(name => !names.LabelOf.ContainsKey(name))).Distinct().ToList();
        findings.AddImages(FindingKind.DuplicatesAcrossParts, test.SharedWith(train),
            count => $"of the test part also {Verb(count, "occurs", "occur")} in the train part, which makes test results too good.");
        findings.AddImages(FindingKind.DuplicatesWithinPart, [.. train.Repeated(), .. test.Repeated()],
            count => $"{Verb(count, "repeats", "repeat")} an earlier one of the same part.");
        findings.AddImages(FindingKind.ConflictingLabels, [.. train.Conflicting(), .. test.Conflicting()],
            count => $"{Verb(count, "repeats", "repeat")} an earlier one with another label.");
        findings.AddImages(FindingKind.CorruptPictures, [.. Enumerable.Range(0, survey.Count).Where(image => reading.IsDamaged[image])],
            count => $"cannot be read and {Verb(count, "is", "are")} left out.");
        findings.AddClasses(set.Classes, set.TrainPerClass);
        findings.AddNames(FindingKind.EmptyClasses, empty, "class", "classes",
            Quantity.Noun(empty.Count, "has no images and is left out.", "have no images and are left out."));
        findings.AddSizes(survey.Sizes);
        if (set.Channels == 3 && grey.Count > 0 && grey.Count < readable)
        {
            var few = grey.Count * 2 <= readable ? grey : [.. reading.Readable().Except(grey)];
            findings.AddImages(FindingKind.MixedChannels, few,
                count => $"{Verb(count, "has", "have")} {(few == grey ? "no colours, unlike the others" : "colours, unlike the others")}.");
        }

        findings.AddNames(FindingKind.OtherFiles, [.. source.OtherFiles], "file", "files",
            Verb(
                source.OtherFiles.Count, "is left out, because it is not an image of a class.",
                "are left out, because they are not images of a class."));
        findings.Add(FindingKind.ValidationImages, survey.ValidationCount,
            $"{Quantity.Of(survey.ValidationCount, "image")} of the validation part joined the train part, since each run makes its own.");
        return findings.Findings;
    }

    /// <exception cref="InvalidInputException">The train part is empty, or there are findings and the import is strict.</exception>
    public static void Check(DatasetDescription set, bool isStrict, ReadContext context)
    {
        if (set.TrainCount == 0)
        {
            throw context.Error("it has a test part but no train part");
        }

        var refused = set.Findings.Where(finding => finding.Kind != FindingKind.ValidationImages).ToList();
        if (isStrict && refused.Count > 0)
        {
            var sentences = refused.Select(finding => finding.Message.TrimEnd('.') + (finding.Names.Count == 0
                ? ""
                : $" ({string.Join(", ", finding.Names.Take(3))}{(finding.Count > 3 ? ", ..." : "")})"));
            throw context.Error($"refused as strict: {string.Join("; ", sentences)}");
        }
    }

    private static string Verb(int count, string singular, string plural) => Quantity.Noun(count, singular, plural);

    private static InvalidInputException NoneReadable(SourceSurvey survey, ReadContext context) =>
        context.Error($"none of its {Quantity.Of(survey.Count, "picture")} can be read; the first is {survey.Names[0]}");

    private static void CheckCount(IReadOnlyCollection<string> classes, ReadContext context, string unreadable = "")
    {
        if (classes.Count < 2)
        {
            throw context.Error($"it has one class, {ReadContext.Shown(classes.First())}; a classifier needs two or more{unreadable}");
        }

        if (classes.Count > DatasetDescription.MostClasses)
        {
            throw context.Error($"it has {classes.Count} classes; a data set has at most {DatasetDescription.MostClasses}");
        }
    }
}
