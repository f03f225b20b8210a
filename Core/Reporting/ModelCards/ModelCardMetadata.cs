using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting.ModelCards;

/// <summary>The metadata at the top of a model card.</summary>
public static class ModelCardMetadata
{
    private const string IdField = "model_id";
    private const string Fence = "---";

    /// <summary>A JSON string is a YAML string in double quotes.</summary>
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Render(ModelCardInput input)
    {
        var version = input.Version;
        var labels = input.Definition.Labels;
        var (license, hub) = labels.AreOfFashionMnist ? ("license: mit\n", "zalando-datasets/fashion_mnist") : ("", labels.Dataset);
        var name = labels.AreOfFashionMnist
            ? $"Fashion-MNIST, {Wording.Split(version.Split)} split, {labels.Wording.Phrase}"
            : $"{labels.Dataset}, {labels.Wording.Phrase}";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ---
            {license}library_name: onnx
            pipeline_tag: image-classification
            {IdField}: {Quote(version.Id)}
            tags:
            - image-classification
            - onnx
            - safetensors
            - {labels.Dataset}
            datasets:
            - {hub}
            metrics:
            - accuracy
            - f1
            model-index:
            - name: {Quote(input.Definition.TitleOf(version.Model))}
              results:
              - task:
                  type: image-classification
                  name: Image Classification
                dataset:
                  type: {hub}
                  name: {Quote(name)}
                  split: test
                metrics:
                - type: accuracy
                  name: Accuracy
                  value: {version.TestAccuracy:R}
                - type: f1
                  name: Macro F1
                  value: {version.TestMacroF1:R}
            ---

            """).ReplaceLineEndings("\n");
    }

    /// <summary>The id of the model that a card describes; null for a text that is no card of this program.</summary>
    public static string? FindModelId(string card)
    {
        var start = $"{IdField}: \"";
        var lines = card.Split('\n').Select(line => line.TrimEnd()).ToList();
        var metadata = lines[0] == Fence ? lines.Skip(1).TakeWhile(line => line != Fence) : [];
        return metadata.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].TrimEnd('"');
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Quoting);
}
