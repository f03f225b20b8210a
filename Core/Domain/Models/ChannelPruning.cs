namespace ServerlessFashion.Models;

/// <summary>
/// Structured pruning: it removes the least important channels and units of a trained network, with the weights that produce and
/// read them. A smaller dense network remains. A channel's score is the L1 norm of its filter over the channels kept before it (Li
/// et al. 2017, arXiv:1608.08710) times the size of its BatchNorm's scale (Liu et al. 2017, arXiv:1708.06519).
/// </summary>
public static class ChannelPruning
{
    /// <summary>
    /// Returns the weights of <paramref name="narrow"/>. Each layer keeps the channels of <paramref name="wide"/> with the largest
    /// scores; ties keep their order. Weights are copied, never changed.
    /// </summary>
    /// <param name="weights">A value for every weight of <paramref name="wide"/>.</param>
    /// <exception cref="InvalidInputException">The plans differ in more than the number of channels.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Narrow(
        ModelPlan wide, ModelPlan narrow, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        RequireSameButForChannels(wide, narrow);
        var result = new Dictionary<string, WeightTensor>();
        int[] kept = [.. Enumerable.Range(0, wide.Layers[0].Input.Channels)];
        foreach (var (index, layer) in wide.Layers.Index())
        {
            var inputs = kept;
            kept = layer.Layer.Channels switch
            {
                ChannelFlow.Made => Largest(
                    Scores(weights[layer.Weights[0].Name], inputs, ScaleBehind(wide, index, weights)),
                    narrow.Layers[index].Output.Channels),
                ChannelFlow.Kept => inputs,
                // Channel-height-width order: a channel becomes a stretch of features.
                ChannelFlow.Spread => Stretches(inputs, layer.Output.Channels / layer.Input.Channels),
                _ => [.. Enumerable.Range(0, layer.Output.Channels)],
            };
            foreach (var weight in layer.Weights)
            {
                var value = weights[weight.Name];
                result.Add(weight.Name, layer.Layer.Channels switch
                {
                    ChannelFlow.Fixed => value,
                    ChannelFlow.Made when weight.Role == WeightRole.Kernel => Slice(value, kept, inputs),
                    _ => Slice(value, kept),
                });
            }
        }

        return result;
    }

    private static void RequireSameButForChannels(ModelPlan wide, ModelPlan narrow)
    {
        var differing = wide.Layers.Count == narrow.Layers.Count && wide.Input == narrow.Input
            ? wide.Layers.Zip(narrow.Layers).FirstOrDefault(pair => !Fits(pair.First, pair.Second)).Second?.Name
            : "of another number";
        if (differing is not null)
        {
            throw new InvalidInputException($"model: layer {differing} of the narrow network differs from the wide one in more than "
                + "fewer channels.");
        }
    }

    private static bool Fits(LayerPlan wide, LayerPlan narrow) =>
        narrow.Output.Channels <= wide.Output.Channels && wide.Layer.WithChannels(_ => narrow.Output.Channels) == narrow.Layer;

    private static int[] Stretches(int[] channels, int area) => [.. channels.SelectMany(channel => Enumerable.Range(channel * area, area))];

    /// <summary>The scale of the BatchNorm after a layer; null if there is none.</summary>
    private static float[]? ScaleBehind(ModelPlan plan, int index, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        var scale = plan.Layers.Skip(index + 1).TakeWhile(layer => layer.Layer.Channels == ChannelFlow.Kept)
            .SelectMany(layer => layer.Weights).FirstOrDefault(weight => weight.Role == WeightRole.Scale);
        return scale is null ? null : weights[scale.Name].Values;
    }

    private static double[] Scores(WeightTensor kernel, int[] inputs, float[]? scale)
    {
        var (perOutput, perInput) = Strides(kernel);
        return [.. Enumerable.Range(0, (int)kernel.Shape[0]).Select(output =>
            inputs.SelectMany(input => new ArraySegment<float>(kernel.Values, (output * perOutput) + (input * perInput), perInput))
                .Sum(weight => (double)Math.Abs(weight))
            * Math.Abs(scale?[output] ?? 1))];
    }

    /// <summary>Indices of the <paramref name="count"/> largest values, in ascending order.</summary>
    private static int[] Largest(double[] values, int count) =>
        [.. values.Index().OrderByDescending(value => value.Item).Take(count).Select(value => value.Index).Order()];

    /// <summary>The values of some output channels.</summary>
    private static WeightTensor Slice(WeightTensor weight, int[] kept)
    {
        var perOutput = weight.Values.Length / (int)weight.Shape[0];
        return new(
            [kept.Length, .. weight.Shape.Skip(1)],
            [.. kept.SelectMany(index => new ArraySegment<float>(weight.Values, index * perOutput, perOutput))]);
    }

    /// <summary>Rows and columns of a kernel (out x in, or out x in x height x width).</summary>
    private static WeightTensor Slice(WeightTensor kernel, int[] outputs, int[] inputs)
    {
        var (perOutput, perInput) = Strides(kernel);
        return new(
            [outputs.Length, inputs.Length, .. kernel.Shape.Skip(2)],
            [
                .. outputs.SelectMany(output => inputs.SelectMany(input => new ArraySegment<float>(
                    kernel.Values, (output * perOutput) + (input * perInput), perInput))),
            ]);
    }

    private static (int PerOutput, int PerInput) Strides(WeightTensor kernel)
    {
        var perInput = (int)kernel.Shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        return ((int)kernel.Shape[1] * perInput, perInput);
    }
}
