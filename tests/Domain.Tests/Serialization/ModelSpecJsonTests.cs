using System.Text.Json;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Serialization;

public class ModelSpecJsonTests
{
    public static TheoryData<string> Models => [.. ModelCatalogue.All.Select(spec => spec.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Deserialize_WhatSerializeWrote_IsAnEqualSpec(string model)
    {
        var spec = ModelCatalogue.Get(model);

        var read = Read(JsonSerializer.Serialize(spec, Json.Compact));

        Assert.Equal(spec.Layers, read.Layers);
        Assert.Equal(spec.WideLayers, read.WideLayers);
        Assert.Equal(spec.Phases, read.Phases);
        Assert.Equal(spec.PrunedFrom, read.PrunedFrom);
        // A record compares lists by reference.
        Assert.Equal(
            spec, read with { Layers = spec.Layers, WideLayers = spec.WideLayers, Phases = spec.Phases, PrunedFrom = spec.PrunedFrom });
    }

    [Fact]
    public void Serialize_Layers_CarryTheirKindAndNothingDerived()
    {
        var json = JsonSerializer.SerializeToElement(StrongModels.Strong, Json.Compact);

        Assert.Equal(
            """{"kind":"conv2D","filters":64,"kernel":3,"padding":"same","activation":"relu","stride":2}""",
            json.GetProperty("layers")[0].GetRawText());
        Assert.Equal("""{"kind":"latentOffsets","components":10,"searchSteps":1500}""", json.GetProperty("head").GetRawText());
        Assert.Equal("""{"beta1":0.9,"beta2":0.999,"epsilon":1E-07}""", json.GetProperty("optimizer").GetRawText());
    }

    [Fact]
    public void Deserialize_KindBehindOtherFields_IsRead() => Assert.Equal(
        new Dropout(.5), Read(Edited("""{"kind":"dropout","rate":0.2}""", """{"rate":0.5,"kind":"dropout"}""")).Layers[2]);

    [Theory]
    [InlineData(
        """{"kind":"dropout","rate":0.2}""", """{"kind":"droppout","rate":0.2}""",
        "model model1: layer 3: 'droppout' is not a kind; did you mean dropout? The kinds are averagePooling2D, "
        + "batchNormalization, conv2D, dense, depthwiseConv2D, dropout, flatten, globalAveragePooling2D, maxPool2D, "
        + "resNet18Base, resNet50Base, residualBlock.")]
    [InlineData("""{"kind":"dropout","rate":0.2}""", """{"rate":0.2}""",
        "model model1: layer 3: the kind is missing; the kinds are averagePooling2D, batchNormalization, conv2D, dense, "
        + "depthwiseConv2D, dropout, flatten, globalAveragePooling2D, maxPool2D, resNet18Base, resNet50Base, residualBlock.")]
    [InlineData("""{"kind":"dropout","rate":0.2}""", """{"kind":"dropout","rate":0.2,"noise":1}""",
        "model model1: layer 3 (dropout): there is no field 'noise'.")]
    [InlineData("""{"kind":"dropout","rate":0.2}""", """{"kind":"dropout","rate":"much"}""",
        "model model1: layer 3 (dropout): 'rate' cannot be \"much\".")]
    [InlineData("""{"kind":"dropout","rate":0.2}""", "null",
        "model model1: layer 3: the kind is missing; the kinds are averagePooling2D, batchNormalization, conv2D, dense, "
        + "depthwiseConv2D, dropout, flatten, globalAveragePooling2D, maxPool2D, resNet18Base, resNet50Base, residualBlock.")]
    [InlineData("""{"kind":"softmax"}""", """{"kind":"hardmax"}""",
        "model model1: the head: 'hardmax' is not a kind; the kinds are garmentRule, latentOffsets, softmax.")]
    [InlineData("\"batchSize\":512", "\"batchSize\":512,\"momentum\":1", "model model1: momentum: there is no field 'momentum'.")]
    [InlineData("\"learningRate\":0.001", "\"learningRate\":0.001,\"warmth\":1",
        "model model1: phase 1, warmth: there is no field 'warmth'.")]
    public void Deserialize_UnknownKindOrField_NamesTheLayer(string found, string replacement, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Read(Edited(found, replacement))).Message);

    [Fact]
    public void Deserialize_MissingField_IsNamed() => Assert.Equal(
        "model model1: layer 3 (dropout): missing fields: 'rate'.",
        Assert.Throws<InvalidInputException>(() => Read(Edited("""{"kind":"dropout","rate":0.2}""", """{"kind":"dropout"}"""))).Message);

    [Fact]
    public void Deserialize_InsideAnotherDocument_ThrowsTheSameError()
    {
        var json = $$"""{"runId":"run-1","spec":{{Edited("\"kind\":\"flatten\"", "\"kind\":\"flat\"")}}}""";

        var refused = Assert.Throws<InvalidInputException>(() => JsonSerializer.Deserialize<Stored>(json, Json.Compact));

        Assert.StartsWith("model model1: layer 4: 'flat' is not a kind", refused.Message, StringComparison.Ordinal);
    }

    private static ModelSpec Read(string json) => JsonSerializer.Deserialize<ModelSpec>(json, Json.Compact)!;

    private static string Edited(string found, string replacement)
    {
        var json = JsonSerializer.Serialize(StudyModels.Model1, Json.Compact);
        Assert.Contains(found, json, StringComparison.Ordinal);
        return json.Replace(found, replacement, StringComparison.Ordinal);
    }

    private sealed record Stored(string RunId, ModelSpec Spec);
}
