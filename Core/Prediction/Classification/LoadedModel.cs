using System.Buffers;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>A model that is loaded and predicts images, until it is disposed. Safe from any thread.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly ClassifierLease _lease;
    private readonly BatchPredictor _batches;
    private readonly TimeProvider _time;

    internal LoadedModel(string id, ClassifierLease lease, BatchPredictor batches, TimeProvider time)
    {
        Id = id;
        _lease = lease;
        _batches = batches;
        _time = time;
    }

    /// <summary><c>RUN/MODEL/seed-N</c>.</summary>
    public string Id { get; }

    private ImageClassifier Classifier => _lease.Classifier;

    /// <inheritdoc cref="BatchPredictor.PredictAsync"/>
    public Task<PredictionSummary> PredictToCsvAsync(
        ImageSource input, Stream csv, ReadOptions? options = null, CancellationToken cancellation = default) =>
        _batches.PredictAsync(input, Classifier, csv, options, cancellation);

    /// <summary>Predicts the images of an input that is small enough to be answered at once.</summary>
    /// <param name="most">Most images that it may hold.</param>
    /// <param name="tooMany">What is thrown if it holds more.</param>
    /// <exception cref="InvalidInputException">The input cannot be used.</exception>
    public async Task<PredictedImages> PredictAllAsync(
        ImageSource input, ReadOptions options, int most, Func<Exception> tooMany, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var predictions = new List<ImagePrediction>();
        var warnings = new PredictionWarnings();
        var pixels = new ArrayBufferWriter<byte>();
        await foreach (var batch in input.ReadAsync(options, warnings.Add, cancellation))
        {
            using (batch)
            {
                if (predictions.Count + batch.Count > most)
                {
                    throw tooMany();
                }

                warnings.AddImages(batch);
                pixels.Write(batch.Pixels.Span);
                predictions.AddRange(Classify(batch.Ids, batch.Pixels, cancellation));
            }
        }

        return new PredictedImages(predictions, Summarize(predictions, warnings, began)) { Pixels = pixels.WrittenMemory };
    }

    /// <summary>Predicts images that are in memory.</summary>
    /// <param name="pixels">Grey values, 784 for each id, image after image.</param>
    public PredictedImages Predict(IReadOnlyList<string> ids, ReadOnlyMemory<byte> pixels, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var warnings = new PredictionWarnings();
        warnings.AddImages(ids, pixels.Span);
        var predictions = Classify(ids, pixels, cancellation);
        return new PredictedImages(predictions, Summarize(predictions, warnings, began)) { Pixels = pixels };
    }

    public void Dispose() => _lease.Dispose();

    private List<ImagePrediction> Classify(IReadOnlyList<string> ids, ReadOnlyMemory<byte> pixels, CancellationToken cancellation)
    {
        var predicted = Classifier.Classify(pixels, ids.Count, cancellation);
        return
        [
            .. ids.Select((id, i) => new ImagePrediction(
                id, predicted.Labels[i], Classifier.LabelNames[predicted.Labels[i]], predicted.ProbabilitiesOf(i).ToArray(),
                Classifier.ModelId)),
        ];
    }

    private PredictionSummary Summarize(List<ImagePrediction> predictions, PredictionWarnings warnings, long began)
    {
        var counts = Classifier.LabelNames.Select(
            (name, label) => new LabelCount(label, name, predictions.Count(prediction => prediction.Label == label)));
        return new PredictionSummary(
            predictions.Count, Classifier.ModelId, _time.GetElapsedTime(began).TotalSeconds, [.. counts], warnings.ToList());
    }
}
