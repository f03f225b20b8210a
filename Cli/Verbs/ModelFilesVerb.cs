using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>
/// <c>fashion models add|show|remove|catalogue|schema</c>: the models that a run can train, built in or defined in a file.
/// </summary>
internal sealed class ModelFilesVerb(ISpecService specs, Output output)
{
    /// <summary>The file of <c>models schema</c>, beside a model's own.</summary>
    private const string SchemaFile = "./model.schema.json";

    public static IEnumerable<Command> CreateAll()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A model as JSON; `fashion models show NAME --json` prints one to start from.",
        };
        yield return new Command("add", "Adds a model from a JSON file; comparisons can then name it.") { file, SharedOptions.Json }
            .WithStorageOrServer().HandledBy<ModelFilesVerb, ModelSpec>(
                VerbNeeds.Account, (parse, _) => SpecFile.Read(parse.GetRequiredValue(file)),
                (verb, spec, cancellation) => verb.AddAsync(spec, cancellation));
        var name = NameArgument();
        yield return new Command("show", "Shows the layers of a model, or its JSON.") { name, SharedOptions.Json }
            .WithStorageOrServer().HandledBy<ModelFilesVerb, string>(
                VerbNeeds.Account, (parse, _) => parse.GetRequiredValue(name),
                (verb, asked, cancellation) => verb.ShowAsync(asked, cancellation));
        var removed = NameArgument();
        yield return new Command("remove", "Removes a model that was added; runs keep it.") { removed }
            .WithStorageOrServer().HandledBy<ModelFilesVerb, string>(
                VerbNeeds.Account, (parse, _) => parse.GetRequiredValue(removed),
                (verb, asked, cancellation) => verb.RemoveAsync(asked, cancellation));
        yield return new Command("catalogue", "Lists the models that a comparison can train.") { SharedOptions.Json }
            .WithStorageOrServer().HandledBy<ModelFilesVerb, object?>(
                VerbNeeds.Account, (_, _) => null, (verb, _, cancellation) => verb.ListAsync(cancellation));
        yield return ModelSchemaVerb.Create();
    }

    private async Task<int> AddAsync(ModelSpec spec, CancellationToken cancellation)
    {
        await specs.AddAsync(spec, cancellation);
        output.Result(
            SpecSummary.Of(spec), () => output.Line($"added {spec.Name}; train it with ./fashion compare --models {spec.Name}"));
        return ExitCodes.Done;
    }

    private async Task<int> ShowAsync(string name, CancellationToken cancellation)
    {
        var spec = await specs.GetAsync(name, cancellation);
        output.Result(JsonOf(spec), () =>
        {
            output.Line(spec.Description);
            Console.Out.Write(ModelSummary.Of(spec, ClassLabels.Five).ToText());
        });
        return ExitCodes.Done;
    }

    private async Task<int> RemoveAsync(string name, CancellationToken cancellation)
    {
        await specs.RemoveAsync(name, cancellation);
        output.Line($"removed {name}");
        return ExitCodes.Done;
    }

    private async Task<int> ListAsync(CancellationToken cancellation)
    {
        var listed = await specs.ListAsync(cancellation);
        output.Result(listed, () =>
        {
            var table = new FittedTable().Text("Name").Text("Title", 2).Text("Origin", 1).Text("Description", 3);
            foreach (var spec in listed)
            {
                table.AddRow(spec.Name, spec.Title, spec.IsBuiltIn ? "built in" : "added", spec.Description);
            }

            output.Table(table);
        });
        return ExitCodes.Done;
    }

    /// <summary>The spec with the place of its schema for editors.</summary>
    private static JsonObject JsonOf(ModelSpec spec)
    {
        var json = JsonSerializer.SerializeToNode(spec, Json.Indented)!.AsObject();
        json.Insert(0, "$schema", SchemaFile);
        return json;
    }

    private static Argument<string> NameArgument() => new("NAME")
    {
        Description = "Name of a model; `fashion models catalogue` lists them.",
    };
}
