using System.CommandLine;
using System.Globalization;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Storage.Registry;
using Spectre.Console;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion models</c>: lists the models that can be served, and names the champion.</summary>
internal static class ModelsVerb
{
    private const int PageSize = 1000;

    private sealed record Result(Champion? Champion, IReadOnlyList<ModelVersion> Models);

    public static Command Create()
    {
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("models", "Lists the models that can be served.") { storage, json };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? storage, bool json, CancellationToken cancellation)
    {
        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var registry = new ModelRegistry(connection.Storage, TimeProvider.System);
        var models = new List<ModelVersion>();
        string? continuation = null;
        do
        {
            var page = await registry.ListAsync(PageSize, continuation, cancellation);
            models.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        var result = new Result(await registry.FindChampionAsync(cancellation), models);
        output.Result(result, () => Print(output, result));
        return ExitCodes.Done;
    }

    private static void Print(Output output, Result result)
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
                Markup.Escape(model.Id), model.Labels.ToString().ToLowerInvariant(), Number(model.ValidationAccuracy, "0.0000"), Number(model.TestAccuracy, "0.0000"),
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
