using System.Text.Json;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class ResNetBaseTests
{
    /// <summary>Five halvings: 224 -> 7 as in He et al. 2015, table 1, and 64 -> 2.</summary>
    [Theory]
    [InlineData(224, 7)]
    [InlineData(64, 2)]
    [InlineData(32, 1)]
    public void OutputOf_ColourMaps_AreHalvedFiveTimes(int side, int expected)
    {
        Assert.Equal(new FeatureShape(2048, expected), new ResNet50Base().OutputOf(new FeatureShape(3, side)));
        Assert.Equal(new FeatureShape(512, expected), new ResNet18Base().OutputOf(new FeatureShape(3, side)));
    }

    [Theory]
    [InlineData(3, 28)]
    [InlineData(1, 32)]
    [InlineData(3, 0)]
    [InlineData(3, null)]
    public void OutputOf_FeaturesThatDoNotFit_IsNull(int channels, int? side) =>
        Assert.Null(new ResNet50Base().OutputOf(new FeatureShape(channels, side)));

    [Fact]
    public void ImageNet_RandomStart_NamesNoFile()
    {
        Assert.Equal("ResNet18.onnx", new ResNet18Base().ImageNet?.Name);
        Assert.Null(new ResNet18Base { Start = BaseStart.Random }.ImageNet);
    }

    /// <summary>Stored runs have the kind alone, and the bits of a run must not depend on a field that it does not have.</summary>
    [Fact]
    public void Json_Start_IsWrittenWhereItIsNotTheDefault()
    {
        Assert.Equal("""{"kind":"resNet50Base"}""", JsonOf(new ResNet50Base()));
        Assert.Equal("""{"kind":"resNet18Base","start":"random"}""", JsonOf(new ResNet18Base { Start = BaseStart.Random }));

        static string JsonOf(Layer layer)
        {
            var spec = StudyModels.ResNet50 with { Layers = [layer] };
            return JsonSerializer.SerializeToElement(spec, Json.Compact).GetProperty("layers")[0].GetRawText();
        }
    }
}
