using System.Text.Json;
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
    public void Shape_StoredName_IsTheInputOfItsNetwork(string name, string shape) =>
        Assert.Equal(shape, JsonSerializer.Deserialize<InputTransform>($"\"{name}\"", Json.Compact)!.Shape.ToString());

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
}
