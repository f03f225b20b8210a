using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Import.Reading;

namespace ServerlessFashion.Import;

/// <summary>Stores the images of a set and computes the hash of its content.</summary>
internal sealed class SetUpload(RegisteredSetWriter writer, ImageReading reading, byte[] labels, ImportClock clock) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _done;

    /// <summary>Stores the parts.</summary>
    /// <param name="train">The images of the train part, in their order.</param>
    /// <param name="test">Those of the test part.</param>
    /// <returns>See <see cref="DatasetDescription.Sha256"/>.</returns>
    public async Task<string> StoreAsync(
        DatasetDescription set, IReadOnlyList<int> train, IReadOnlyList<int> test, CancellationToken cancellation)
    {
        var header = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"{set.Side} {set.Channels} {train.Count} {test.Count}\n");
        foreach (var name in set.Classes)
        {
            header.Append(name).Append('\n');
        }

        _hash.AppendData(Encoding.UTF8.GetBytes(header.ToString()));
        var total = train.Count + test.Count;
        await StoreAsync(DatasetPart.Train, set, train, total, cancellation);
        await StoreAsync(DatasetPart.Test, set, test, total, cancellation);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private async Task StoreAsync(
        DatasetPart part, DatasetDescription set, IReadOnlyList<int> images, int total, CancellationToken cancellation)
    {
        if (images.Count == 0)
        {
            return;
        }

        byte[] partLabels = [.. images.Select(image => labels[image])];
        _hash.AppendData(partLabels);
        foreach (var (chunk, members) in images.Chunk(set.ImagesPerChunk).Index())
        {
            var pixels = new byte[members.Length * set.ImageBytes];
            foreach (var (position, image) in members.Index())
            {
                reading.Read(image, pixels.AsSpan(position * set.ImageBytes, set.ImageBytes));
            }

            _hash.AppendData(pixels);
            await writer.PutChunkAsync(part, chunk, pixels, cancellation);
            _done += members.Length;
            clock.Report(ImportStage.Storing, _done, total);
        }

        await writer.PutLabelsAsync(part, partLabels, cancellation);
    }
}
