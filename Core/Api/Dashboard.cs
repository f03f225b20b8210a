using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Api;

/// <summary>
/// The page on which people start runs, watch them, and use the models: one file, put together from folder
/// <c>Dashboard</c>, with its script, its styles and the list of presets inside. It asks nothing but the API.
/// </summary>
internal static class Dashboard
{
    /// <summary>Each script uses only those before it.</summary>
    private static readonly string[] Scripts =
    [
        "words.js", "elements.js", "api.js", "chart.js", "figures.js", "runquery.js", "editor.js", "runs.js", "estimate.js", "form.js",
        "startdata.js", "startmodels.js", "startoptions.js", "start.js", "resources.js", "trainings.js", "results.js", "run.js",
        "settings.js", "parallel.js", "compare.js", "datasets.js", "dataset.js", "models.js", "predictions.js", "predict.js", "main.js",
    ];

    private static readonly string Style = Read("dashboard/uPlot.min.css") + Read("theme.css") + Read("dashboard/views.css")
        + Read("dashboard/dashboard.css");

    private static readonly string Library = Read("dashboard/uPlot.iife.min.js");
    private static readonly string Script = "\"use strict\";\n" + string.Concat(Scripts.Select(name => Read("dashboard/" + name)));

    /// <param name="Seeds">How many times the preset trains it.</param>
    /// <param name="IsDefault">True when the preset trains it unless others are named.</param>
    /// <param name="OfFashionMnist">True when it needs the garments or the label rule of Fashion-MNIST.</param>
    private sealed record ModelChoice(
        string Name, int Epochs, int BatchSize, int? TrainLimit, int Seeds, bool IsDefault, bool OfFashionMnist);

    private sealed record PresetChoice(
        string Name, int? TrainLimit, int? ValidationLimit, int? TestLimit, IReadOnlyList<ModelChoice> Models);

    private sealed record LabelChoice(LabelScheme Scheme, string Title, string Description);

    private sealed record Catalogue(
        string DefaultPreset, IReadOnlyList<PresetChoice> Presets, IReadOnlyDictionary<string, string> Titles,
        IReadOnlyList<LabelChoice> Labels, IReadOnlyDictionary<string, string> LabelTitles);

    public static byte[] Page { get; } = Encoding.UTF8.GetBytes(Read("dashboard/index.html")
        .Replace("/*style*/", Style, StringComparison.Ordinal)
        .Replace("/*catalogue*/", JsonSerializer.Serialize(Choices(), Json.Compact), StringComparison.Ordinal)
        .Replace("/*library*/", Library, StringComparison.Ordinal)
        .Replace("/*script*/", Script, StringComparison.Ordinal));

    /// <summary>Allows only the page's own scripts and style, by their hashes, its pictures, and requests to the same host.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src {Hash(Library)} {Hash(Script)}; style-src {Hash(Style)}; connect-src 'self'; "
        + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static Catalogue Choices() => new(
        Presets.Default,
        [.. Presets.Names.Select(Choice)],
        ModelTitles.All,
        [.. ClassLabels.FashionMnistSchemes.Select(scheme =>
            new LabelChoice(scheme, ClassLabels.Of(scheme).Wording.Title, ClassLabels.Of(scheme).Wording.Choice))],
        ClassLabels.FashionMnistSchemes.Select(ClassLabels.Of).SelectMany(labels => labels.Names.Zip(labels.Titles))
            .ToDictionary(label => label.First, label => label.Second));

    private static PresetChoice Choice(string preset)
    {
        string[] names = [.. ModelCatalogue.All.Select(spec => spec.Name)];
        var byDefault = Presets.Configure(new ComparisonOptions { Preset = preset }, _ => 1).Specs.Select(spec => spec.Name).ToHashSet();
        var all = Presets.Configure(new ComparisonOptions { Preset = preset, Models = names }, _ => 1).Configuration;
        return new PresetChoice(
            preset, all.TrainLimit, all.ValidationLimit, all.TestLimit,
            [.. all.Models.Select(model => new ModelChoice(
                model.Name, model.TotalEpochs, model.BatchSize, model.TrainLimit, (model.Seeds ?? all.Seeds).Count,
                byDefault.Contains(model.Name), ModelCatalogue.ForOtherImages(ModelCatalogue.Find(model.Name)!) is null))]);
    }

    private static string Read(string file) => EmbeddedFile.ReadText(typeof(Dashboard), file);

    private static string Hash(string block) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}'";
}
