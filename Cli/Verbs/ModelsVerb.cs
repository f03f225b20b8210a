using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Registry;
using Spectre.Console;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion models</c>: lists the models that can be served, and names the champion.</summary>
internal sealed class ModelsVerb(IModelService models, Output output)
{
    private sealed record Result(Champion? Champion, IReadOnlyList<ModelVersion> Models);

    public static Command Create() => new Command("models", "Lists the models that can be served.")
    {
        SharedOptions.Json,
    }.WithStorageOrServer().HandledBy<ModelsVerb, object?>(
        VerbNeeds.Account, (_, _) => null, (verb, _, cancellation) => verb.RunAsync(cancellation));

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var listed = await models.ListAllAsync(cancellation);
        var result = new Result(await models.FindChampionAsync(cancellation), listed);
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

        var table = new Table().RoundedBorder().AddColumns("Model", "Labels", "Validation", "Test", "Macro F1", "Parameters", "Champion");
        foreach (var model in result.Models)
        {
            table.AddRow(
                Markup.Escape(model.Id), model.Labels.ToString().ToLowerInvariant(), Number(model.ValidationAccuracy, "0.0000"),
                Number(model.TestAccuracy, "0.0000"),
                Number(model.TestMacroF1, "0.0000"), Number(model.Parameters, "#,0"), model.Id == result.Champion?.Id ? "yes" : "");
        }

        output.Table(table);
        if (result.Champion is { } champion)
        {
            output.Line($"champion: {champion.Id} since {champion.PromotedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} "
                + $"({champion.Reason})");
        }
    }

    private static string Number<T>(T value, string format) where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
}
