using ServerlessFashion.Models;

namespace ServerlessFashion.Training;

/// <summary>Layers that a network runs together: a convolution and what follows it, or one other layer.</summary>
/// <param name="Layers">The layers in order.</param>
internal sealed record FusedLayers(IReadOnlyList<LayerPlan> Layers)
{
    /// <summary>The convolution at their beginning; null if there is none.</summary>
    public LayerPlan? Convolution => Layers[0].Layer is Conv2D ? Layers[0] : null;

    /// <summary>Joins each convolution with the BatchNorm, the pooling of 2x2 windows and the dropout after it.</summary>
    public static IReadOnlyList<FusedLayers> Of(IReadOnlyList<LayerPlan> layers)
    {
        var joined = new List<FusedLayers>();
        for (var next = 0; next < layers.Count;)
        {
            var end = next + 1;
            if (layers[next].Layer is Conv2D)
            {
                end += IsAt(end, layer => layer is BatchNormalization) ? 1 : 0;
                end += IsAt(end, layer => layer is MaxPool2D { Size: 2 }) ? 1 : 0;
                end += IsAt(end, layer => layer is Dropout) ? 1 : 0;
            }

            joined.Add(new FusedLayers([.. layers.Skip(next).Take(end - next)]));
            next = end;
        }

        return joined;

        bool IsAt(int index, Func<Layer, bool> isKind) => index < layers.Count && isKind(layers[index].Layer);
    }
}
