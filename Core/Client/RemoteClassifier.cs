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

/// <summary>A model at a server. It receives the images of a batch as an IDX file.</summary>
internal sealed class RemoteClassifier(ServerConnection server, ModelVersion version) : IImageClassifier, IDisposable
{
    private const int Dimensions = 3;

    /// <summary>Requests at once. More would only wait for each other at the server.</summary>
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _turns = new(AtOnce);

    public string ModelId => version.Id;

    public IReadOnlyList<string> LabelNames { get; } = ClassLabels.Of(version.Labels).Names;

    public async Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation)
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
                : throw server.NotUnderstood(path, innerException: null);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private bool IsWhole(ImagePrediction image) =>
        image.Probabilities.Length == LabelNames.Count && image.Label >= 0 && image.Label < LabelNames.Count
        && image.Probabilities.All(share => share is >= 0 and <= 1);

    private static ByteArrayContent Body(ReadOnlyMemory<byte> pixels, int count)
    {
        var header = IdxHeader.Length(Dimensions);
        var file = new byte[header + pixels.Length];
        int[] fields = [IdxHeader.UnsignedBytes(Dimensions), count, FashionMnist.Side, FashionMnist.Side];
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
