using ServerlessFashion.Models;

namespace ServerlessFashion.Training;

/// <summary>Weights of a ResNet50 trained on ImageNet, under torchvision's names.</summary>
public sealed class PretrainedWeights
{
    private static readonly ResNet50Base Base = new();
    private static readonly string BasePrefix = Base.BaseName + ".";

    private readonly IReadOnlyDictionary<string, WeightTensor> _tensors;

    private PretrainedWeights(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        _tensors = tensors;
    }

    /// <summary>Reads a file of <c>torch.save(model.state_dict())</c> without executing any of its code.</summary>
    /// <exception cref="InvalidInputException">
    /// The file contains something other than named tensors, or another network than ResNet50.
    /// </exception>
    public static PretrainedWeights ReadPth(string path)
    {
        var weights = new PretrainedWeights(PthFile.Read(path));
        foreach (var weight in ResNet50Layout.WeightsOf(Base.BaseName))
        {
            weights.Find(weight.Name, weight.Shape);
        }

        return weights;
    }

    /// <summary>The stored value of a network weight, or null if the weight is not part of the base.</summary>
    /// <exception cref="InvalidInputException">The weight of the base is missing or has another shape.</exception>
    internal WeightTensor? Find(string weight, long[] shape)
    {
        if (!weight.StartsWith(BasePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        return _tensors.TryGetValue(weight[BasePrefix.Length..], out var found) && found.Shape.SequenceEqual(shape)
            ? found
            : throw new InvalidInputException(
                $"ImageNet weights: {weight[BasePrefix.Length..]} of shape [{string.Join(", ", shape)}] is missing.");
    }
}
