using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Training.Steps;

/// <summary>Where the weights of a training start.</summary>
/// <param name="File">The file with ImageNet weights; null for random weights.</param>
/// <param name="Blob">Its blob in container <c>datasets</c>; null if the program brings the file along.</param>
/// <param name="Note">The origin of the weights, for the evaluation and the report.</param>
internal sealed record StartWeights(ImageNetFile? File, string? Blob, string Note)
{
    /// <summary>The folder beside the program with the files that it brings along.</summary>
    private const string Folder = "weights";

    /// <summary>Chooses the start of a model of a run.</summary>
    /// <exception cref="InvalidInputException">
    /// The ImageNet weights are missing, and the run does not allow random ones. The message names the remedies.
    /// </exception>
    public static StartWeights Of(RunDefinition run, ModelSpec spec, PreparedData prepared)
    {
        if (spec.ImageNet is not { } file)
        {
            return new StartWeights(null, null, NoteOf(spec));
        }

        if (prepared.ImageNet is null)
        {
            return OfEarlierVersion(file, prepared);
        }

        var weights = prepared.ImageNet.FirstOrDefault(found => found.File == file.Name)
            ?? throw new InvalidInputException($"{spec.Name}: the run was prepared without {file.Name}; start a new run.");
        return weights.Missing is null ? new StartWeights(file, weights.Blob, file.ToString())
            : run.Configuration.AllowRandomWeights
                ? new StartWeights(null, null, $"random (ImageNet weights unavailable: {weights.Missing})")
            : throw new InvalidInputException(
                $"{spec.Name}: {weights.Missing}; {weights.Remedy}, or allow random weights (--allow-random-weights, over HTTP "
                + "allowRandomWeights).");
    }

    /// <summary>Reads the file; null for random weights.</summary>
    /// <exception cref="InvalidInputException">The file is missing, or is not the published one.</exception>
    public async Task<PretrainedWeights?> LoadAsync(FashionStorage storage, CancellationToken cancellation)
    {
        if (File is null)
        {
            return null;
        }

        if (Blob is null)
        {
            var path = Path.Combine(AppContext.BaseDirectory, Folder, File.Name);
            return PretrainedWeights.Read(File, path, path);
        }

        var copy = Path.GetTempFileName();
        try
        {
            await storage.Container(StorageNames.Datasets).GetBlobClient(Blob).DownloadToAsync(copy, cancellation);
            return PretrainedWeights.Read(File, copy, $"blob {StorageNames.Datasets}/{Blob}");
        }
        finally
        {
            System.IO.File.Delete(copy);
        }
    }

    /// <summary>Earlier versions stored one file, and went on with random weights where it was missing.</summary>
    private static StartWeights OfEarlierVersion(ImageNetFile file, PreparedData prepared) => prepared.ImageNetWeightsBlob is { } blob
        ? new StartWeights(file, blob, prepared.ImageNetWeightsNote!)
        : new StartWeights(null, null, prepared.ImageNetWeightsNote ?? "random (ImageNet weights unavailable)");

    private static string NoteOf(ModelSpec spec) => spec.Layers.Any(layer => layer is ResNetBase)
        ? "He normal (base), Glorot uniform (head)"
        : "Glorot uniform";
}
