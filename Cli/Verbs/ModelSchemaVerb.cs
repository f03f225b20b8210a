using System.CommandLine;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion models schema</c>: prints the JSON schema of a model.</summary>
internal sealed class ModelSchemaVerb
{
    public static Command Create() => new Command("schema", "Prints the JSON schema of a model, with which editors complete a file.")
        .HandledBy<ModelSchemaVerb, object?>(VerbNeeds.Nothing, (_, _) => null, (verb, _, _) => PrintAsync());

    private static Task<int> PrintAsync()
    {
        Console.Out.Write(ModelSpecSchema.Text);
        return Task.FromResult(ExitCodes.Done);
    }
}
