using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion export MODEL --output DIR</c>: writes a model as ONNX and safetensors, with its model card.</summary>
internal sealed class ExportVerb(IModelService models, Output output)
{
    private sealed record Request(string Model, string Folder);

    private sealed record Result(string Model, string Folder, IReadOnlyList<string> Files);

    public static Command Create()
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "champion, RUN/MODEL for its best seed, or RUN/MODEL/seed-N; `fashion models` lists the models.",
        };
        var folder = new Option<string>("--output") { Description = "Folder for the files.", HelpName = "DIR", Required = true };
        return new Command("export", "Writes a model as ONNX and safetensors, with its model card.")
        {
            model, ServedModel.Dataset, folder, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<ExportVerb, Request>(
            VerbNeeds.Account,
            (parse, _) => new Request(
                ServedModel.Of(parse.GetRequiredValue(model), parse.GetValue(ServedModel.Dataset)),
                OptionText.NamedPath("output", parse.GetRequiredValue(folder))!),
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        using var package = await models.OpenPackageAsync(request.Model, cancellation);
        var folder = new ModelFolder(request.Folder);
        folder.RequireOwn(package);
        OptionText.MakeFolder("output", request.Folder);
        await folder.WriteAsync(package, cancellation);
        var result = new Result(package.Id, request.Folder, [.. package.Files.Select(file => file.Name)]);
        output.Result(result, () => output.Line($"{package.Id}: {Path.Combine(request.Folder, ModelPackage.CardName)} says how to use it"));
        return ExitCodes.Done;
    }
}
