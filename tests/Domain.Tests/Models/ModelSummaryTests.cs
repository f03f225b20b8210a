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

    /// <summary>16 * (9 + 1), then in the block 16 * (9 + 1), 32 * (16 + 1) and for the shortcut 32 * (16 + 1); 5 * (32 + 1).</summary>
    [Fact]
    public void Of_ResidualBlock_ListsItsPartsBeforeTheSum()
    {
        var spec = StudyModels.Model1 with
        {
            Layers =
            [
                new Conv2D(16, 3, Padding.Same),
                new ResidualBlock([new DepthwiseConv2D(3, Padding.Same) { Stride = 2 }, new Conv2D(32, 1, Padding.Valid)]),
                new GlobalAveragePooling2D(),
            ],
        };

        var summary = ModelSummary.Of(spec, ClassLabels.Five);

        Assert.Equal(
            [
                ("conv2d", "(None, 28, 28, 16)", 160L), ("residual_block.depthwise_conv2d", "(None, 14, 14, 16)", 160),
                ("residual_block.conv2d", "(None, 14, 14, 32)", 544), ("residual_block.shortcut", "(None, 14, 14, 32)", 544),
                ("residual_block", "(None, 14, 14, 32)", 0), ("global_average_pooling2d", "(None, 32)", 0),
                ("classifier", "(None, 5)", 165),
            ],
            summary.Rows.Select(row => (row.Name, row.OutputShape, row.Parameters)));
        Assert.Equal((1573, 1573), (summary.TotalParameters, summary.Rows.Sum(row => row.Parameters)));
        Assert.Equal("sum of 2 layers and the input, ReLU", summary.Rows[4].Kind);
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
