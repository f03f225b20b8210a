using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Models;

public class InputTransformTests
{
    /// <summary>The names of stored specs, and the shapes that Keras prints for them (channels last).</summary>
    public static TheoryData<string, string> Transforms => new()
    {
        { "grey28", "(None, 28, 28, 1)" },
        { "rgb32", "(None, 32, 32, 3)" },
        { "imageNet64", "(None, 64, 64, 3)" },
    };

    [Fact]
    public void All_Transforms_AreThoseOfTheTable() =>
        Assert.Equal(["grey28", "rgb32", "imageNet64"], InputTransform.All.Select(transform => transform.Name));

    [Theory]
    [MemberData(nameof(Transforms))]
    public void For_FashionMnist_IsTheInputOfTheNetwork(string name, string shape) =>
        Assert.Equal(shape, Read(name).For(ImageShape.FashionMnist).Shape.ToString());

    /// <summary>The image as it is; zeros up to a multiple of 32; enlarged to 64, or to a multiple of 32 above.</summary>
    [Theory]
    [InlineData("grey28", 20, 1, "(None, 20, 20, 1)")]
    [InlineData("grey28", 96, 3, "(None, 96, 96, 3)")]
    [InlineData("rgb32", 8, 1, "(None, 32, 32, 3)")]
    [InlineData("rgb32", 33, 3, "(None, 64, 64, 3)")]
    [InlineData("rgb32", 64, 3, "(None, 64, 64, 3)")]
    [InlineData("imageNet64", 20, 1, "(None, 64, 64, 3)")]
    [InlineData("imageNet64", 64, 3, "(None, 64, 64, 3)")]
    [InlineData("imageNet64", 70, 3, "(None, 96, 96, 3)")]
    public void For_OtherImages_AdaptsToThem(string name, int side, int channels, string shape) =>
        Assert.Equal(shape, Read(name).For(new ImageShape(side, channels)).Shape.ToString());

    /// <summary>By hand: 25 needs seven zeros, three before and four after.</summary>
    [Fact]
    public void For_OddSide_PadsOneMoreAtTheEnd()
    {
        var input = InputTransform.Rgb32.For(new ImageShape(25, 1));

        Assert.Equal((3, 4), (input.Before, input.After));
    }

    [Fact]
    public void For_ImagesOfTheRightSize_DoesNotResample() =>
        Assert.Null(InputTransform.ImageNet64.For(new ImageShape(96, 3)).EnlargedSide);

    [Theory]
    [InlineData("grey28", 3, "colour / 255")]
    [InlineData("rgb32", 1, "zero-padded, grey / 255 repeated to three channels")]
    [InlineData("imageNet64", 3, "enlarged bilinearly, colour / 255, normalised as ImageNet was")]
    public void Description_Images_NamesWhatHappensToThem(string name, int channels, string text) =>
        Assert.Equal(text, Read(name).For(new ImageShape(28, channels)).Description);

    [Theory]
    [InlineData("\"grey28\"")]
    [InlineData("\"rgb32\"")]
    [InlineData("\"imageNet64\"")]
    public void Json_StoredName_IsWrittenAsItWasRead(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<InputTransform>(json, Json.Compact), Json.Compact));

    [Theory]
    [InlineData("\"grey29\"")]
    [InlineData("0")]
    public void Json_UnknownName_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<InputTransform>(json, Json.Compact));

    private static InputTransform Read(string name) => JsonSerializer.Deserialize<InputTransform>($"\"{name}\"", Json.Compact)!;
}
