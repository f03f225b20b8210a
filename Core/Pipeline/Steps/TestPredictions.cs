using System.Globalization;
using System.Text;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>The file <c>predictions.csv</c> of a model: true label, predicted label and probabilities of every test image.</summary>
public static class TestPredictions
{
    /// <summary>Writes the rows. <paramref name="destination"/> stays open.</summary>
    public static void Write(ScoredSet scores, Stream destination)
    {
        using var writer = new StreamWriter(destination, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("Id,Label,Predicted," + string.Join(',', Enumerable.Range(0, scores.Classes).Select(k => $"P{k}")));
        var predicted = ClassProbabilities.Labels(scores);
        var probabilities = ClassProbabilities.Softmax(scores);
        for (var i = 0; i < scores.Count; i++)
        {
            var row = probabilities.Skip(i * scores.Classes).Take(scores.Classes).Select(p => p.ToString("0.######", CultureInfo.InvariantCulture));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scores.Ids[i]},{scores.Labels[i]},{predicted[i]},{string.Join(',', row)}"));
        }
    }
}
