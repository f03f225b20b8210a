using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion models</c>: lists the models that can be served, and names the champion.</summary>
internal sealed class ModelsVerb(IModelService models, Output output)
{
    /// <param name="Champion">The champion of Fashion-MNIST.</param>
    /// <param name="OtherChampions">The champions of other data sets by their names.</param>
    private sealed record Result(
        Champion? Champion, IReadOnlyDictionary<string, Champion> OtherChampions, IReadOnlyList<ModelVersion> Models);

    public static Command Create()
    {
        var command = new Command("models", "Lists models to serve; adds, shows and removes models to train.")
        {
            SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<ModelsVerb, object?>(
            VerbNeeds.Account, (_, _) => null, (verb, _, cancellation) => verb.RunAsync(cancellation));
        foreach (var subcommand in ModelFilesVerb.CreateAll())
        {
            command.Add(subcommand);
        }

        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var listed = await models.ListAllAsync(cancellation);
        var others = new SortedDictionary<string, Champion>(StringComparer.Ordinal);
        foreach (var dataset in listed.Select(version => version.Dataset).OfType<string>().Distinct())
        {
            if (await models.FindChampionAsync(dataset, cancellation) is { } champion)
            {
                others.Add(dataset, champion);
            }
        }

        var result = new Result(await models.FindChampionAsync(dataset: null, cancellation), others, listed);
        output.Result(result, () => Print(result));
        return ExitCodes.Done;
    }

    private void Print(Result result)
    {
        if (result.Models.Count == 0)
        {
            output.Line("no models yet; train some with ./fashion compare");
            return;
        }

        output.Table(TableOf(result.Models, [result.Champion, .. result.OtherChampions.Values]));
        if (result.Champion is { } champion)
        {
            PrintChampion("champion", champion);
        }

        foreach (var (dataset, other) in result.OtherChampions)
        {
            PrintChampion($"champion of {dataset}", other);
        }
    }

    private void PrintChampion(string title, Champion champion) =>
        output.Line($"{title}: {champion.Id} since {champion.PromotedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} "
            + $"({champion.Reason})");

    /// <summary>The models data set by data set, those of Fashion-MNIST first.</summary>
    internal static FittedTable TableOf(IEnumerable<ModelVersion> models, params IReadOnlyList<Champion?> champions)
    {
        var table = new FittedTable().Text("Model").Text("Labels", 2).Number("Validation").Number("Test").Number("Macro F1", 3)
            .Number("Parameters", 4).Text("Champion", 1);
        foreach (var model in models.OrderBy(model => model.Dataset, StringComparer.Ordinal))
        {
            table.AddRow(
                model.Id, model.Dataset ?? model.Labels.ToString().ToLowerInvariant(), Number(model.ValidationAccuracy, "0.0000"),
                Number(model.TestAccuracy, "0.0000"),
                Number(model.TestMacroF1, "0.0000"), Number(model.Parameters, "#,0"),
                champions.Any(champion => champion?.Id == model.Id) ? "yes" : "");
        }

        return table;
    }

    private static string Number<T>(T value, string format) where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
}
