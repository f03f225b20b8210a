using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting.ModelCards;

/// <summary>The code of a model card. Tests compile and run it.</summary>
internal static class ModelCardUsage
{
    /// <param name="images">The shape of the images that the model takes.</param>
    public static string Render(ImageShape images) =>
        (images == ImageShape.FashionMnist ? Text : Adapt(images)).ReplaceLineEndings("\n");

    private static string Adapt(ImageShape images)
    {
        var text = Text.Replace("[1, 1, 28, 28]", $"[1, {images.Channels}, {images.Side}, {images.Side}]", StringComparison.Ordinal)
            .Replace("(28, 28)", $"({images.Side}, {images.Side})", StringComparison.Ordinal)
            .Replace("784 grey values, row after row", $"{images.Bytes} values, row after row", StringComparison.Ordinal);
        return images.IsColour
            ? text.Replace("grey", "colours", StringComparison.Ordinal).Replace("\"L\"", "\"RGB\"", StringComparison.Ordinal)
                .Replace("np.float32)[None, None]", "np.float32).transpose(2, 0, 1)[None]", StringComparison.Ordinal)
                .Replace("values, row after row", "values, channel after channel", StringComparison.Ordinal)
                .Replace("colours => colours / 255f", "value => value / 255f", StringComparison.Ordinal)
            : text;
    }

    private const string Text =
        """
        Python, with the packages onnxruntime, numpy and pillow:

        ```python
        import json
        import sys

        import numpy as np
        import onnxruntime as ort
        from PIL import Image


        def predict(model, picture):
            session = ort.InferenceSession(model)
            labels = json.loads(session.get_modelmeta().custom_metadata_map["label_names"])
            grey = Image.open(picture).convert("L").resize((28, 28))
            images = np.asarray(grey, dtype=np.float32)[None, None] / 255
            probabilities = session.run(["probabilities"], {"images": images})[0][0]
            return labels[int(probabilities.argmax())], float(probabilities.max())


        print(*predict(sys.argv[1], sys.argv[2]))
        ```

        C#, with the package Microsoft.ML.OnnxRuntime; `pixels` has 784 grey values, row after row:

        ```csharp
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
        ```


        """;
}
