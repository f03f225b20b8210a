using System.Security.Cryptography;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Training;

/// <summary>Weights of a base that was trained on ImageNet, under torchvision's names.</summary>
public sealed class PretrainedWeights
{
    private static readonly ResNetBase ResNet50 = new ResNet50Base();
    private static readonly ResNetBase ResNet18 = new ResNet18Base();

    private readonly IReadOnlyDictionary<string, WeightTensor> _tensors;
    private readonly string _prefix;

    private PretrainedWeights(ResNetBase layer, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        _prefix = $"{layer.BaseName}.";
        _tensors = tensors;
    }

    /// <summary>Reads a published file after a check of its content.</summary>
    /// <param name="shown">Name of the copy for messages.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or it is not the published one.</exception>
    public static PretrainedWeights Read(ImageNetFile file, string path, string shown)
    {
        Require(file, path, shown);
        return file == ImageNetFile.ResNet50 ? ReadPth(path) : ReadOnnx(path);
    }

    /// <summary>Reads a file of <c>torch.save(model.state_dict())</c> without executing any of its code.</summary>
    /// <exception cref="InvalidInputException">
    /// The file contains something other than named tensors, or another network than ResNet50.
    /// </exception>
    public static PretrainedWeights ReadPth(string path) => Of(ResNet50, PthFile.Read(path));

    /// <summary>Reads the file of ML.NET's ResNet18.</summary>
    /// <exception cref="InvalidInputException">The file contains another network.</exception>
    public static PretrainedWeights ReadOnnx(string path)
    {
        using var file = Open(path);
        return Of(ResNet18, ResNetOnnxReader.Read(file, Path.GetFileName(path), ResNet18.Layout));
    }

    /// <summary>The stored value of a network weight, or null if the weight is not part of the base.</summary>
    /// <exception cref="InvalidInputException">The weight of the base is missing or has another shape.</exception>
    internal WeightTensor? Find(string weight, long[] shape)
    {
        if (!weight.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return _tensors.TryGetValue(weight[_prefix.Length..], out var found) && found.Shape.SequenceEqual(shape)
            ? found
            : throw new InvalidInputException(
                $"ImageNet weights: {weight[_prefix.Length..]} of shape [{string.Join(", ", shape)}] is missing.");
    }

    private static PretrainedWeights Of(ResNetBase layer, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        var weights = new PretrainedWeights(layer, tensors);
        foreach (var weight in layer.Layout.WeightsOf(layer.BaseName))
        {
            weights.Find(weight.Name, weight.Shape);
        }

        return weights;
    }

    private static void Require(ImageNetFile file, string path, string shown)
    {
        using var content = Open(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (hash != file.Sha256)
        {
            throw new InvalidInputException(
                $"{shown}: expected the published {file.Name} with SHA-256 {file.Sha256}, found {hash} in {content.Length} bytes.");
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be opened ({FileFailure.Reason(error)}).", error);
        }
    }
}
