using System.Globalization;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// Writes predictions for people, a line for each image: <c>boot.png: Ankle boot, 97.3 %</c>. A model that knows the garment besides its
/// labels adds it.
/// </summary>
/// <param name="text">Receives the lines in UTF-8, and stays open.</param>
/// <param name="model">Its labels get the words of <see cref="ClassLabels.Headings"/>.</param>
internal sealed class PredictionSentences(Stream text, IImageClassifier model) : IPredictionWriter
{
    /// <summary>A larger share would be rounded to certainty.</summary>
    private const float MostPrinted = .9995f;

    private readonly IReadOnlyList<string> _labels =
        model.Dataset is null ? ClassLabels.HeadingsOf(model.LabelNames) : model.LabelNames;

    public Task WriteAsync(IReadOnlyList<string> ids, ImagePredictions predictions, CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        for (var image = 0; image < ids.Count; image++)
        {
            var label = predictions.Labels[image];
            lines.Append(InvalidInputException.OneLine(ids[image])).Append(": ").Append(InvalidInputException.OneLine(_labels[label]))
                .Append(", ").Append(Percent(predictions.ProbabilitiesOf(image)[label]));
            if (predictions.Garments?[image] is { } garment)
            {
                lines.Append("; garment: ").Append(garment.Name).Append(", ").Append(Percent(garment.Probability));
            }

            lines.Append('\n');
        }

        return text.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellation).AsTask();
    }

    public Task CompleteAsync(CancellationToken cancellation) => text.FlushAsync(cancellation);

    private static string Percent(float share) =>
        share > MostPrinted ? "over 99.9 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
