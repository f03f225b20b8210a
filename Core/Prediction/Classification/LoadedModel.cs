using System.Buffers;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>A model that is loaded and predicts images, until it is disposed. Safe from any thread.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly IImageClassifier _classifier;
    private readonly IDisposable? _lease;
    private readonly BatchPredictor _batches;
    private readonly TimeProvider _time;

    /// <param name="classifier">The model.</param>
    /// <param name="lease">Is disposed with this model; null for nothing.</param>
    public LoadedModel(string id, IImageClassifier classifier, IDisposable? lease, BatchPredictor batches, TimeProvider time)
    {
        Id = id;
        _classifier = classifier;
        _lease = lease;
        _batches = batches;
        _time = time;
    }

    /// <summary><c>RUN/MODEL/seed-N</c>.</summary>
    public string Id { get; }

    /// <summary>The shape of the images that the model takes.</summary>
    public ImageShape Images => _classifier.Dataset is { } set ? new ImageShape(set.Side, set.Channels) : ImageShape.FashionMnist;

    /// <inheritdoc cref="BatchPredictor.PredictAsync"/>
    public Task<PredictionSummary> PredictToCsvAsync(
        ImageSource input, Stream csv, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        RequireOwnPreparation(options);
        return _batches.PredictAsync(input, _classifier, csv, options, cancellation);
    }

    /// <inheritdoc cref="BatchPredictor.DescribeAsync"/>
    public Task<PredictionSummary> DescribeAsync(ImageSource input, Stream text, ReadOptions options, CancellationToken cancellation)
    {
        RequireOwnPreparation(options);
        return _batches.DescribeAsync(input, _classifier, text, options, cancellation);
    }

    /// <summary>Predicts the images of an input that is small enough to be answered at once.</summary>
    /// <param name="most">Most images that it may hold.</param>
    /// <param name="tooMany">What is thrown if it holds more.</param>
    /// <exception cref="InvalidInputException">The input cannot be used.</exception>
    public async Task<PredictedImages> PredictAllAsync(
        ImageSource input, ReadOptions options, int most, Func<Exception> tooMany, CancellationToken cancellation)
    {
        RequireOwnPreparation(options);
        var began = _time.GetTimestamp();
        var predictions = new List<ImagePrediction>();
        var warnings = new PredictionWarnings(_classifier.Dataset);
        var pixels = new ArrayBufferWriter<byte>();
        await foreach (var batch in input.ReadAsync(options with { Dataset = _classifier.Dataset }, warnings.Add, cancellation))
        {
            using (batch)
            {
                if (predictions.Count + batch.Count > most)
                {
                    throw tooMany();
                }

                warnings.AddImages(batch);
                pixels.Write(batch.Pixels.Span);
                predictions.AddRange(await ClassifyAsync(batch.Ids, batch.Pixels, cancellation));
            }
        }

        return new PredictedImages(predictions, Summarize(predictions, warnings, began)) { Pixels = pixels.WrittenMemory };
    }

    /// <summary>Predicts images that are in memory.</summary>
    /// <param name="pixels">The values of the images, one after the other.</param>
    public async Task<PredictedImages> PredictAsync(
        IReadOnlyList<string> ids, ReadOnlyMemory<byte> pixels, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var warnings = new PredictionWarnings(_classifier.Dataset);
        warnings.AddImages(ids, pixels.Span);
        var predictions = await ClassifyAsync(ids, pixels, cancellation);
        return new PredictedImages(predictions, Summarize(predictions, warnings, began)) { Pixels = pixels };
    }

    public void Dispose() => _lease?.Dispose();

    /// <summary>Pictures for a registered data set are prepared as its own were, so a wish for another preparation cannot be met.</summary>
    private void RequireOwnPreparation(ReadOptions? options)
    {
        if (_classifier.Dataset is { } set && options is { Pictures: not PicturePreparation.Auto })
        {
            throw new InvalidInputException(
                $"pictures: this choice is for models of {DatasetDescription.FashionMnistName}; leave it out, because pictures for "
                + $"{set.Name} are prepared as those of the data set were.");
        }
    }

    private async Task<List<ImagePrediction>> ClassifyAsync(
        IReadOnlyList<string> ids, ReadOnlyMemory<byte> pixels, CancellationToken cancellation)
    {
        var predicted = await _classifier.ClassifyAsync(pixels, ids.Count, cancellation);
        return
        [
            .. ids.Select((id, i) => new ImagePrediction(
                id, predicted.Labels[i], _classifier.LabelNames[predicted.Labels[i]], predicted.ProbabilitiesOf(i).ToArray(),
                _classifier.ModelId)
            {
                Garment = predicted.Garments?[i],
            }),
        ];
    }

    private PredictionSummary Summarize(List<ImagePrediction> predictions, PredictionWarnings warnings, long began)
    {
        var counts = _classifier.LabelNames.Select(
            (name, label) => new LabelCount(label, name, predictions.Count(prediction => prediction.Label == label)));
        return new PredictionSummary(
            predictions.Count, _classifier.ModelId, _time.GetElapsedTime(began).TotalSeconds, [.. counts], warnings.ToList());
    }
}
