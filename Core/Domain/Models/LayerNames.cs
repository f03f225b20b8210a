namespace ServerlessFashion.Models;

/// <summary>
/// Names of the layers of a model as Keras numbers them (<c>conv2d</c>, <c>conv2d_1</c>, ...). Weights are stored and
/// exported under them with the field names of PyTorch: <c>conv2d.weight</c>, <c>batch_normalization.running_mean</c>,
/// <c>resnet50.layer1.0.conv1.weight</c>. The final classifier is called <see cref="Classifier"/>.
/// </summary>
internal static class LayerNames
{
    /// <summary>The last Dense layer, after the layers of the spec.</summary>
    public const string Classifier = "classifier";

    /// <summary>One name for each of <paramref name="layers"/>, in their order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Layer> layers)
    {
        var seen = new Dictionary<string, int>();
        return [.. layers.Select(layer =>
        {
            var count = seen.GetValueOrDefault(layer.BaseName);
            seen[layer.BaseName] = count + 1;
            return count == 0 ? layer.BaseName : $"{layer.BaseName}_{count}";
        })];
    }
}
