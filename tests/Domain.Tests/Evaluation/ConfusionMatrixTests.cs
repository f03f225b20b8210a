using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Evaluation;

/// <summary>Numbers from scikit-learn 1.2.1 on <see cref="ReferenceCase"/>, unless worked by hand.</summary>
public sealed class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix Reference =
        ConfusionMatrix.Of(ReferenceCase.Truth, ReferenceCase.Predicted, ReferenceCase.Classes);

    [Fact]
    public void Rows_ReferenceCase_AreScikitLearns() =>
        // sklearn.metrics.confusion_matrix(truth, pred)
        Assert.Equal(
            [[40, 12, 0, 2, 0], [0, 27, 4, 0, 5], [0, 0, 26, 4, 0], [0, 2, 0, 23, 4], [10, 0, 4, 0, 37]],
            Reference.Rows.Select(row => row.ToArray()));

    [Theory]
    // sklearn.metrics.precision_recall_fscore_support(truth, pred)
    [InlineData(0, 0.8, 0.7407407407407407, 0.7692307692307692, 54)]
    [InlineData(1, 0.6585365853658537, 0.75, 0.7012987012987012, 36)]
    [InlineData(2, 0.7647058823529411, 0.8666666666666667, 0.8125, 30)]
    [InlineData(3, 0.7931034482758621, 0.7931034482758621, 0.7931034482758621, 29)]
    [InlineData(4, 0.8043478260869565, 0.7254901960784313, 0.7628865979381443, 51)]
    public void PerLabel_ReferenceCase_IsScikitLearns(int label, double precision, double recall, double f1, int support)
    {
        Assert.Equal(precision, Reference.Precision(label), 12);
        Assert.Equal(recall, Reference.Recall(label), 12);
        Assert.Equal(f1, Reference.F1(label), 12);
        Assert.Equal(support, Reference.Support(label));
    }

    [Fact]
    public void Overall_ReferenceCase_IsScikitLearns()
    {
        Assert.Equal(0.765, Reference.Accuracy, 12);
        // f1_score(truth, pred, average='macro')
        Assert.Equal(0.7678039033486954, Reference.MacroF1, 12);
        // cohen_kappa_score(truth, pred), and with weights='quadratic'
        Assert.Equal(0.7026915899674225, Reference.Kappa, 12);
        Assert.Equal(0.7105937633489962, Reference.QuadraticKappa, 12);
        // (abs(truth - pred)[truth != pred] == 1).mean()
        Assert.Equal(0.5106382978723404, Reference.OffByOneShare, 12);
    }

    [Fact]
    public void Precision_LabelNeverPredicted_IsZero()
    {
        var confusion = ConfusionMatrix.Of([0, 1], [0, 0], 3);

        Assert.Equal((0, 0, 0), (confusion.Precision(1), confusion.F1(1), confusion.Recall(2)));
    }

    [Fact]
    public void Of_AllRight_HasKappaOneAndNoNeighbourMistakes()
    {
        var confusion = ConfusionMatrix.Of([0, 1, 2, 2], [0, 1, 2, 2], 3);

        Assert.Equal((1, 1, 0), (confusion.Kappa, confusion.QuadraticKappa, confusion.OffByOneShare));
    }

    [Fact]
    public void Of_NoImages_IsZeroEverywhere()
    {
        var confusion = ConfusionMatrix.Of([], [], 5);

        Assert.Equal((0, 0, 0), (confusion.Accuracy, confusion.Kappa, confusion.MacroF1));
    }

    [Fact]
    public void Of_UnequalLengths_Throws() => Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 1], [0], 2));
}
