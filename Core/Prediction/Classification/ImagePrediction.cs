using ServerlessFashion.Prediction.Files;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>What a model says of one image.</summary>
/// <param name="Label">The most probable label, counted from 0.</param>
/// <param name="Probabilities">Of every label, in label order.</param>
/// <param name="Model">The model's id.</param>
public sealed record ImagePrediction(string Id, int Label, string LabelName, float[] Probabilities, string Model)
{
    /// <summary>One for each image of <paramref name="predictions"/>, in order.</summary>
    public static IReadOnlyList<ImagePrediction> Of(ImageClassifier classifier, IReadOnlyList<string> ids, ImagePredictions predictions) =>
    [
        .. ids.Select((id, i) => new ImagePrediction(
            id, predictions.Labels[i], classifier.LabelNames[predictions.Labels[i]], predictions.ProbabilitiesOf(i).ToArray(), classifier.ModelId)),
    ];

    /// <summary>One for each image of a file that is small enough to be answered at once.</summary>
    /// <param name="content">A file in any format of <see cref="ImageFile"/>.</param>
    /// <param name="name">Names the file in errors.</param>
    /// <param name="warn">Hears of what may not be what was meant, as the summary of a larger file has it.</param>
    /// <param name="most">How many images it may hold.</param>
    /// <param name="tooMany">What is thrown if it holds more.</param>
    /// <exception cref="InvalidInputException">The file cannot be used.</exception>
    public static async Task<IReadOnlyList<ImagePrediction>> OfFileAsync(
        ImageClassifier classifier, Stream content, string name, ReadOptions options, Action<string> warn, int most, Func<Exception> tooMany, CancellationToken cancellation)
    {
        var predictions = new List<ImagePrediction>();
        var warnings = new PredictionWarnings();
        await foreach (var batch in ImageFile.ReadAsync(content, name, options, warnings.Add, cancellation))
        {
            using (batch)
            {
                if (predictions.Count + batch.Count > most)
                {
                    throw tooMany();
                }

                warnings.AddIds(batch.Ids);
                predictions.AddRange(Of(classifier, batch.Ids, classifier.Classify(batch.Pixels, batch.Count, cancellation)));
            }
        }

        warnings.ToList().ForEach(warn);
        return predictions;
    }
}
