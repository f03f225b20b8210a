using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace ServerlessFashion.Application.Tests;

/// <summary>The C# code of a model card, between the marks. A test compares it with the card.</summary>
internal static class ModelCardSnippet
{
    // begin
    public static (string Label, float Probability) Predict(string model, byte[] pixels)
    {
        using var session = new InferenceSession(model);
        var labels = JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["label_names"])!;
        var images = pixels.Select(grey => grey / 255f).ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(images, [1, 1, 28, 28]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["images"], [input], ["probabilities"]);
        var probabilities = results[0].GetTensorDataAsSpan<float>().ToArray();
        var best = Array.IndexOf(probabilities, probabilities.Max());
        return (labels[best], probabilities[best]);
    }
    // end
}
