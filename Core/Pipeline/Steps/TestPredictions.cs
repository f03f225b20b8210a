using System.Buffers;
using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>The file <c>predictions.csv</c> of a model: true label, predicted label and probabilities of every test image.</summary>
public static class TestPredictions
{
    /// <summary>Writes the rows. <paramref name="destination"/> stays open.</summary>
    public static void Write(ScoredSet scores, Stream destination)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var rows = new CsvWriter(buffer);
        rows.Add("Id");
        rows.Add("Label");
        rows.Add("Predicted");
        for (var label = 0; label < scores.Classes; label++)
        {
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"P{label}"));
        }

        rows.EndRow();
        var predicted = ClassProbabilities.Labels(scores);
        var probabilities = ClassProbabilities.Softmax(scores);
        for (var i = 0; i < scores.Count; i++)
        {
            rows.Add(scores.Ids[i]);
            rows.Add(scores.Labels[i]);
            rows.Add(predicted[i]);
            foreach (var probability in probabilities.AsSpan(i * scores.Classes, scores.Classes))
            {
                rows.Add(probability, "0.######");
            }

            rows.EndRow();
        }

        destination.Write(buffer.WrittenSpan);
    }
}
