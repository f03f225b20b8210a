using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>Loads registered models for prediction: the one way for the command line, HTTP and uploads.</summary>
public sealed class ModelLoader(ModelRegistry registry, ClassifierCache classifiers, BatchPredictor batches, TimeProvider time)
{
    /// <summary>A prediction waits for it, so a shared read follows the one before at once.</summary>
    private readonly SharedReads<string, ModelVersion> _versions = new(
        reference => ModelReference.FindAsync(registry, reference, CancellationToken.None), pause: TimeSpan.Zero);

    /// <param name="reference">
    /// A model as <see cref="ModelReference"/> reads it: <c>champion</c>, <c>RUN/MODEL</c> or <c>RUN/MODEL/seed-N</c>.
    /// </param>
    /// <exception cref="InvalidInputException">There is no such model, or its file is gone or damaged.</exception>
    public async Task<LoadedModel> LoadAsync(string reference, CancellationToken cancellation)
    {
        var version = await _versions.ReadAsync(reference, cancellation);
        var lease = await classifiers.RentAsync(version, cancellation);
        return new LoadedModel(version.Id, lease.Classifier, lease, batches, time);
    }

    /// <summary>The champion of a data set; null when there is none.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">Its file is gone or damaged.</exception>
    public async Task<LoadedModel?> FindChampionAsync(string? dataset, CancellationToken cancellation) =>
        await registry.Of(dataset).FindChampionAsync(cancellation) is null
            ? null
            : await LoadAsync(ModelReference.ChampionOf(dataset), cancellation);
}
