using System.Buffers.Binary;
using System.Net.Http;
using System.Net.Http.Headers;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Predictions;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Client;

/// <summary>A model at a server. It receives the images of a batch as IDX files.</summary>
/// <param name="dataset">The registered data set of the model; null for Fashion-MNIST.</param>
internal sealed class RemoteClassifier(ServerConnection server, ModelVersion version, DatasetDescription? dataset)
    : IImageClassifier, IDisposable
{
    /// <summary>A server reads 16 MiB.</summary>
    private const int MostBytes = 12 << 20;

    /// <summary>Requests at once. More would only wait for each other at the server.</summary>
    private const int AtOnce = 4;

    private readonly ImageShape _images = dataset is null ? ImageShape.FashionMnist : new ImageShape(dataset.Side, dataset.Channels);
    private readonly SemaphoreSlim _turns = new(AtOnce);

    public string ModelId => version.Id;

    public IReadOnlyList<string> LabelNames { get; } =
        dataset is null ? ClassLabels.Of(version.Labels).Names : ClassLabels.Of(dataset).Names;

    public DatasetDescription? Dataset => dataset;

    public async Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation)
    {
        var most = Math.Max(1, MostBytes / _images.Bytes);
        if (count <= most)
        {
            return await AskAsync(pixels, count, cancellation);
        }

        var parts = new List<ImagePredictions>();
        for (var first = 0; first < count; first += most)
        {
            var images = Math.Min(most, count - first);
            parts.Add(await AskAsync(pixels.Slice(first * _images.Bytes, images * _images.Bytes), images, cancellation));
        }

        return new ImagePredictions(
            [.. parts.SelectMany(part => part.Labels)], [.. parts.SelectMany(part => part.Probabilities)], LabelNames.Count)
        {
            Garments = parts.TrueForAll(part => part.Garments is not null) ? [.. parts.SelectMany(part => part.Garments!)] : null,
        };
    }

    public void Dispose() => _turns.Dispose();

    private async Task<ImagePredictions> AskAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            var path = $"predictions?model={Uri.EscapeDataString(version.Id)}";
            var request = new ServerRequest(HttpMethod.Post, path)
            {
                IsRepeatable = true,
                Body = () => Body(pixels, count),
            };
            var answer = await server.SendAsync<PredictionsDocument>(request, cancellation);
            return answer.Predictions.Count == count && answer.Predictions.All(IsWhole)
                ? new ImagePredictions(
                    [.. answer.Predictions.Select(image => image.Label)],
                    [.. answer.Predictions.SelectMany(image => image.Probabilities)],
                    LabelNames.Count)
                {
                    Garments = answer.Predictions.All(image => image.Garment is not null)
                        ? [.. answer.Predictions.Select(image => image.Garment!)]
                        : null,
                }
                : throw server.NotUnderstood(path, innerException: null);
        }
        finally
        {
            _turns.Release();
        }
    }

    private bool IsWhole(ImagePrediction image) =>
        image.Probabilities.Length == LabelNames.Count && image.Label >= 0 && image.Label < LabelNames.Count
        && image.Probabilities.All(share => share is >= 0 and <= 1);

    private ByteArrayContent Body(ReadOnlyMemory<byte> pixels, int count)
    {
        int[] sizes = _images.IsColour ? [count, _images.Side, _images.Side, _images.Channels] : [count, _images.Side, _images.Side];
        var header = IdxHeader.Length(sizes.Length);
        var file = new byte[header + pixels.Length];
        int[] fields = [IdxHeader.UnsignedBytes(sizes.Length), .. sizes];
        foreach (var (index, field) in fields.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(index * sizeof(int)), field);
        }

        pixels.CopyTo(file.AsMemory(header));
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }
}
