using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ModelSummaryTests
{
    /// <summary>Parameters of each layer by hand: 32 * (9 + 1); 64 * (5408 + 1); 5 * (64 + 1). The study prints the total.</summary>
    [Fact]
    public void ToText_Model1_IsTheKerasTable()
    {
        const string Expected = """
            Model: "Model 1"
            ______________________________________________________________________________
            Layer (type)                                Output Shape               Param #
            ==============================================================================
            conv2d (Conv2D 32 3x3 valid, ReLU)          (None, 26, 26, 32)             320
            max_pooling2d (MaxPool 2x2)                 (None, 13, 13, 32)               0
            dropout (Dropout 0.2)                       (None, 13, 13, 32)               0
            flatten (Flatten)                           (None, 5408)                     0
            dense (Dense 64, ReLU)                      (None, 64)                 346,176
            classifier (Dense 5, softmax)               (None, 5)                      325
            ==============================================================================
            Total params: 346,821
            Trainable params: 346,821
            Non-trainable params: 0

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\n"), ModelSummary.Of(StudyModels.Model1, ClassLabels.Five).ToText());
    }

    /// <summary>The study prints both totals of Model 4.</summary>
    [Fact]
    public void Of_Model4_HasThePublishedTrainableCount()
    {
        var summary = ModelSummary.Of(StudyModels.Model4, ClassLabels.Five);

        Assert.Equal((3_383_589, 3_381_797, 1792), (summary.TotalParameters, summary.TrainableParameters, summary.NonTrainableParameters));
        Assert.Equal(summary.TotalParameters, summary.Rows.Sum(row => row.Parameters));
    }

    [Theory]
    [InlineData("model1")]
    [InlineData("model3")]
    [InlineData("model4")]
    [InlineData("resnet50")]
    public void ToText_EveryModelOfTheStudy_KeepsItsColumns(string model)
    {
        var rows = ModelSummary.Of(ModelCatalogue.Get(model), ClassLabels.Garments).ToText().Split('\n')
            .Where(line => line.Contains("(None", StringComparison.Ordinal)).ToArray();

        Assert.Equal(ModelPlan.Of(ModelCatalogue.Get(model), ClassLabels.Garments).Layers.Count, rows.Length);
        Assert.All(rows, row => Assert.Equal((44, 78), (row.IndexOf("(None", StringComparison.Ordinal), row.Length)));
    }
}
