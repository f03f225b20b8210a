using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data add NAME PATH</c>: registers a labelled set of images.</summary>
internal sealed class DataAddVerb(IDatasetService datasets, ImportNotices notices, Output output)
{
    private sealed record Request(ImportRequest Import, string Path);

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the data set: lower-case letters, digits and hyphens." };
        var path = new Argument<string>("PATH")
        {
            Description = "Folder or ZIP with a folder of pictures for each class; IDX pairs; CSV with labels; NPZ; Parquet.",
        };
        var size = new Option<int?>("--size")
        {
            Description = "Width and height of the images (default: 28, 32, 64 or 96, whichever is nearest to the median).",
            HelpName = "N",
        };
        var grey = new Option<bool>("--grey") { Description = "Make colour pictures grey." };
        var colour = new Option<bool>("--colour") { Description = "Give grey pictures three channels." };
        var labels = new Option<string?>("--labels")
        {
            Description = "File with one class name in each line, in label order (default: labels.txt of the source, or the names in it).",
            HelpName = "FILE",
        };
        var strict = new Option<bool>("--strict") { Description = "Refuse duplicates, unreadable pictures and other findings." };
        var replace = new Option<bool>("--replace") { Description = "Replace a registered data set of this name." };
        return new Command("add", "Registers a labelled set of images.")
        {
            name, path, size, grey, colour, labels, strict, replace, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DataAddVerb, Request>(
            VerbNeeds.Account with { Services = services => services.AddSingleton<ImportNotices>() },
            (parse, _) => Read(
                new ImportRequest(parse.GetRequiredValue(name))
                {
                    Size = parse.GetValue(size),
                    IsColour = Colours(parse.GetValue(grey), parse.GetValue(colour)),
                    IsStrict = parse.GetValue(strict),
                    Replaces = parse.GetValue(replace),
                },
                parse.GetRequiredValue(path), OptionText.NamedPath("labels", parse.GetValue(labels))),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(ImportRequest import, string path, string? labels)
    {
        import.Check();
        if (!Directory.Exists(path))
        {
            InputFile.RequireFile(path);
        }

        return new Request(import with { Labels = labels is null ? null : LabelFile.Read(labels) }, path);
    }

    private static bool? Colours(bool grey, bool colour) => (grey, colour) switch
    {
        (true, true) => throw new InvalidInputException("grey: the images are grey or have colours; leave out --grey or --colour."),
        (false, false) => null,
        _ => colour,
    };

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var set = await datasets.AddAsync(request.Import, request.Path, notices, cancellation);
        output.Result(set, () =>
        {
            output.Line(DatasetText.Summary(set));
            foreach (var line in DatasetText.Findings(set))
            {
                output.Prose(line);
            }
        });
        return ExitCodes.Done;
    }
}
