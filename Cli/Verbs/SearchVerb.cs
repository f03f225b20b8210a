using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Cli.Comparisons;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Cli.Input;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;

namespace ServerlessFashion.Cli.Verbs;

/// <summary><c>fashion search</c>: a comparison of a model with trials of its options.</summary>
internal static class SearchVerb
{
    public static Command Create()
    {
        var model = new Option<string>("--models")
        {
            Description = "The model whose options are searched, or a JSON file with it.",
            HelpName = "M",
            Required = true,
        }.Completing(ModelCatalogue.All.Select(spec => spec.Name));
        var space = new Option<string>("--space")
        {
            Description = "JSON file with the values of each parameter: docs/search.md.",
            HelpName = "FILE",
            Required = true,
        };
        var trials = new Option<int?>("--trials")
        {
            Description = $"Number of trials (default: {SearchOptions.DefaultTrials}).",
            HelpName = "N",
        };
        var sampler = new Option<string?>("--sampler") { Description = "tpe (default) or random.", HelpName = "S" }
            .Completing<TrialSampler>();
        var seed = new Option<int?>("--seed") { Description = "Seed from which the trials are drawn (default: 1).", HelpName = "N" };
        var preset = new Option<string?>("--preset")
        {
            Description = $"Recipe: {string.Join(", ", Presets.Names)} (default: {Presets.Default}).",
            HelpName = "P",
        }.Completing(Presets.Names);
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Epochs of the model, and of the trials that train to the end.",
            HelpName = "N",
        };
        var dataset = new Option<string?>("--dataset")
        {
            Description = $"A registered data set (default: {DatasetDescription.FashionMnistName}).",
            HelpName = "NAME",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Option of the model and of all trials, such as model4.batchSize=128; may be repeated.",
            HelpName = "model.option=value",
        };
        var classWeights = new Option<bool>("--class-weights")
        {
            Description = "Give each class the same weight in the training loss, however many images it has.",
        };
        var budget = new Option<string?>("--budget")
        {
            Description = "Time limit of the run, such as 30m or 1h30m; the run trains fewer epochs to meet it.",
            HelpName = "TIME",
        };
        var description = new DescriptionOptions();
        var output = new Option<string?>("--output") { Description = "Folder for the report (default: out/RUN).", HelpName = "DIR" };
        return new Command("search", "Searches for better options of a model by training many trials.")
        {
            model, space, trials, sampler, seed, preset, dataset, epochs, set, classWeights, budget,
            SharedOptions.AllowRandomWeights, SharedOptions.Device,
            description.Name, description.Tags, description.Notes, output, SharedOptions.Data, SharedOptions.Json,
        }.WithStorageOrServer().HandledBy<CompareVerb, CompareVerb.Request>(
            VerbNeeds.Training,
            (parse, services) =>
            {
                var given = NamedModels.Of(parse.GetValue(model)!)!;
                var asked = new ComparisonOptions
                {
                    Preset = parse.GetValue(preset),
                    Models = given.Names,
                    Specs = given.Specs,
                    Dataset = OptionText.DatasetName(parse.GetValue(dataset)),
                    Epochs = parse.GetValue(epochs) is { } count ? new Dictionary<string, int> { [given.Names[0]] = count } : null,
                    Set = OptionText.Values("set", parse.GetValue(set)),
                    ClassWeights = parse.GetValue(classWeights) ? true : null,
                    Search = new SearchOptions
                    {
                        Space = SpaceFile.Read(OptionText.Given("space", "a file", parse.GetValue(space))!),
                        Trials = parse.GetValue(trials),
                        Sampler = OptionText.Choice<TrialSampler>("sampler", parse.GetValue(sampler)),
                        Seed = parse.GetValue(seed),
                    },
                    Budget = parse.GetValue(budget),
                    AllowRandomWeights = parse.GetValue(SharedOptions.AllowRandomWeights) ? true : null,
                    Device = OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)),
                    Name = parse.GetValue(description.Name),
                    Tags = parse.GetValue(description.Tags) is { Length: > 0 } tags ? tags : null,
                    Notes = parse.GetValue(description.Notes),
                };
                return CompareVerb.Read(
                    asked, OptionText.NamedPath("output", parse.GetValue(output)), resume: null,
                    services.GetRequiredService<OptionCheck>());
            },
            (verb, request, cancellation) => verb.RunAsync(request, cancellation));
    }
}
