using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>A model's answers to the test images, in their order.</summary>
/// <param name="Ids">Row of each image in its split.</param>
/// <param name="Labels">Predicted label of each image.</param>
/// <param name="AreRight">True for each image whose label was predicted.</param>
internal sealed record TestAnswers(int[] Ids, byte[] Labels, bool[] AreRight)
{
    public static TestAnswers Of(ScoredSet scores)
    {
        var labels = ClassProbabilities.Labels(scores);
        return new TestAnswers(scores.Ids, labels, [.. labels.Zip(scores.Labels, (predicted, truth) => predicted == truth)]);
    }
}
