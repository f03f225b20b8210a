using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion promote RUN MODEL</c>: makes a model the champion, or returns to the previous champion.</summary>
internal sealed class PromoteVerb(IModelService models, Output output)
{
    /// <param name="RunId">Null to roll back.</param>
    /// <param name="Dataset">The data set to roll back; null for Fashion-MNIST.</param>
    private sealed record Request(string? RunId, string? Model, string? Dataset);

    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "The run: id, unique beginning of an id, name, or latest; `fashion models` lists what can be promoted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var model = new Argument<string?>("MODEL")
        {
            Description = "A model of the run; with several seeds, the best on validation.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var rollBack = new Option<bool>("--roll-back") { Description = "Return to the previous champion instead." };
        var dataset = new Option<string?>("--dataset")
        {
            Description = $"With --roll-back: the data set (default: {DatasetDescription.FashionMnistName}).",
            HelpName = "NAME",
        };
        return new Command("promote", "Makes a model the champion of its data set, so that it predicts.")
        {
            run, model, rollBack, dataset, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<PromoteVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(
                parse.GetValue(run), parse.GetValue(model), parse.GetValue(rollBack), OptionText.DatasetName(parse.GetValue(dataset))),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string? run, string? model, bool rollBack, string? dataset) =>
        dataset is not null && !rollBack
        ? throw new InvalidInputException("dataset: a model is promoted for its own data set; leave --dataset out, or add --roll-back.")
        : (rollBack ? run is null : model is not null)
        ? new Request(run, model, dataset)
        : throw new InvalidInputException("promote: expected RUN and MODEL, or --roll-back alone.");

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var champion = request.RunId is null
            ? await models.RollBackAsync(request.Dataset, cancellation)
            : await models.PromoteAsync(request.RunId, request.Model!, cancellation);
        output.Result(champion, () => output.Line($"champion: {champion.Id}"));
        return ExitCodes.Done;
    }
}
