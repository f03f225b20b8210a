using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion promote RUN MODEL</c>: makes a model the champion, or returns to the previous champion.</summary>
internal sealed class PromoteVerb(IModelService models, Output output)
{
    /// <param name="RunId">Null to roll back.</param>
    private sealed record Request(string? RunId, string? Model);

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
        return new Command("promote", "Makes a model the champion, the model that predicts.")
        {
            run, model, rollBack, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<PromoteVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => Read(parse.GetValue(run), parse.GetValue(model), parse.GetValue(rollBack)),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private static Request Read(string? run, string? model, bool rollBack) => (rollBack ? run is null : model is not null)
        ? new Request(run, model)
        : throw new InvalidInputException("promote: expected RUN and MODEL, or --roll-back alone.");

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var champion = request.RunId is null
            ? await models.RollBackAsync(cancellation)
            : await models.PromoteAsync(request.RunId, request.Model!, cancellation);
        output.Result(champion, () => output.Line($"champion: {champion.Id}"));
        return ExitCodes.Done;
    }
}
