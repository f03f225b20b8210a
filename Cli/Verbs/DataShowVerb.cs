using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data show NAME</c>: shows the classes of a data set and what was found about its images.</summary>
internal sealed class DataShowVerb(IDatasetService datasets, Output output)
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the data set." };
        return new Command("show", "Shows a data set with its classes and findings.")
        {
            name, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<DataShowVerb, string>(
            VerbNeeds.Account,
            (parse, _) => parse.GetRequiredValue(name),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(string name, CancellationToken cancellation)
    {
        var set = await datasets.GetAsync(name, cancellation);
        output.Result(set, () =>
        {
            foreach (var line in DatasetText.Details(set))
            {
                output.Line(line);
            }

            foreach (var line in DatasetText.Findings(set))
            {
                output.Prose(line);
            }

            output.Table(DatasetText.Classes(set));
        });
        return ExitCodes.Done;
    }
}
