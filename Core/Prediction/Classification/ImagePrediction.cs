using ServerlessFashion.Prediction.Files;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>The prediction for one image.</summary>
/// <param name="Label">The most probable label, counted from 0.</param>
/// <param name="Probabilities">The probability of every label, in label order.</param>
/// <param name="Model">The model's id.</param>
public sealed record ImagePrediction(string Id, int Label, string LabelName, float[] Probabilities, string Model)
{
    /// <summary>Returns one prediction for each image of <paramref name="predictions"/>, in order.</summary>
    public static IReadOnlyList<ImagePrediction> Of(ImageClassifier classifier, IReadOnlyList<string> ids, ImagePredictions predictions) =>
    [
        .. ids.Select((id, i) => new ImagePrediction(
            id, predictions.Labels[i], classifier.LabelNames[predictions.Labels[i]], predictions.ProbabilitiesOf(i).ToArray(),
            classifier.ModelId)),
    ];

    /// <summary>Returns one prediction for each image of a small file.</summary>
    /// <param name="content">A file in any format of <see cref="ImageFile"/>.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <param name="warn">Receives the warnings that the summary of a larger file would contain.</param>
    /// <param name="most">Maximum number of images.</param>
    /// <param name="tooMany">Creates the exception for more images.</param>
    /// <exception cref="InvalidInputException">The file is invalid.</exception>
    public static async Task<IReadOnlyList<ImagePrediction>> OfFileAsync(
        ImageClassifier classifier, Stream content, string name, ReadOptions options, Action<string> warn, int most,
        Func<Exception> tooMany, CancellationToken cancellation)
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
