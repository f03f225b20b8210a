using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion data list</c>: lists the data sets.</summary>
internal sealed class DataListVerb(IDatasetService datasets, Output output)
{
    public static Command Create() => new Command("list", "Lists the data sets.")
    {
        SharedOptions.Json,
    }.WithStorageOrServer().HandledBy<DataListVerb, object?>(
        VerbNeeds.Account, (_, _) => null, (verb, _, cancellation) => verb.RunAsync(cancellation));

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var sets = await datasets.ListAsync(cancellation);
        output.Result(sets, () => output.Table(DatasetText.List(sets)));
        return ExitCodes.Done;
    }
}
