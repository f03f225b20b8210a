using System.CommandLine;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion promote RUN MODEL</c>: makes a model the champion, or returns to the previous champion.</summary>
internal static class PromoteVerb
{
    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "Id of a run; `fashion models` lists the models that can be promoted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var model = new Argument<string?>("MODEL")
        {
            Description = "A model of the run; with several seeds, the best on validation.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var rollBack = new Option<bool>("--roll-back") { Description = "Return to the previous champion instead." };
        var (storage, json) = (SharedOptions.Storage(), SharedOptions.Json());
        var command = new Command("promote", "Makes a model the champion, the model that predicts.") { run, model, rollBack, storage, json };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetValue(run), parse.GetValue(model), parse.GetValue(rollBack), parse.GetValue(storage), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? run, string? model, bool rollBack, string? storage, bool json, CancellationToken cancellation)
    {
        if (rollBack ? run is not null : model is null)
        {
            throw new InvalidInputException("promote: expected RUN and MODEL, or --roll-back alone.");
        }

        var output = new Output(json);
        await using var connection = await StorageConnection.OpenAsync(storage, cancellation);
        var application = LocalApplication.Create(connection.Storage);
        var champion = rollBack
            ? await application.RollBack.RollBackAsync(cancellation)
            : await application.Promote.PromoteAsync(run!, model!, "asked for on the command line", cancellation);
        output.Result(champion, () => output.Line($"champion: {champion.Id}"));
        return ExitCodes.Done;
    }
}
