using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>Registers the sets of <see cref="ShapeSet"/>.</summary>
internal static class StoredShapeSet
{
    /// <param name="test">Images of the test part; 0 for none.</param>
    public static async Task<DatasetDescription> RegisterAsync(
        FashionStorage storage, DatasetDescription set, int train, int test, CancellationToken cancellation)
    {
        var sized = ShapeSet.Sized(set, train, test);
        await using var writer = await RegisteredSetWriter.BeginAsync(
            storage, set.Name, replaces: true, TimeProvider.System, cancellation);
        await PutAsync(writer, DatasetPart.Train, ShapeSet.Draw(set, train, seed: 1), cancellation);
        if (test > 0)
        {
            await PutAsync(writer, DatasetPart.Test, ShapeSet.Draw(set, test, seed: 2), cancellation);
        }

        await writer.CompleteAsync(sized, cancellation);
        return sized;
    }

    private static async Task PutAsync(
        RegisteredSetWriter writer, DatasetPart part, LabelledImages images, CancellationToken cancellation)
    {
        await writer.PutChunkAsync(part, 0, images.Pixels, cancellation);
        await writer.PutLabelsAsync(part, images.Labels, cancellation);
    }
}
