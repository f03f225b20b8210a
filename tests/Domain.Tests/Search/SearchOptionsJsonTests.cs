using System.Text.Json;
using ServerlessFashion.Search;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Search;

public class SearchOptionsJsonTests
{
    private const string Whole =
        """{"space":{"learningRate":{"from":0.0001,"to":0.01,"scale":"log"},"batchSize":{"values":[64,128]}},"trials":24,"sampler":"random","seed":3}""";

    [Fact]
    public void Write_WhatWasRead_IsTheSame() =>
        Assert.Equal(Whole, JsonSerializer.Serialize(JsonSerializer.Deserialize<SearchOptions>(Whole, Json.Compact), Json.Compact));

    [Fact]
    public void Read_NullFields_CountAsLeftOut()
    {
        var options = JsonSerializer.Deserialize<SearchOptions>("""{"space":{},"trials":null,"sampler":null,"seed":null}""", Json.Compact)!;

        Assert.Equal((null, null, null), (options.Trials, options.Sampler, options.Seed));
    }

    [Theory]
    [InlineData("[]", "search: expected an object with space, trials, sampler, seed, found [].")]
    [InlineData("{}", "search: it needs a space, the values of each parameter.")]
    [InlineData("""{"space":[]}""", "space: expected an object with a parameter in each field, found [].")]
    [InlineData("""{"space":{"p":3}}""", "space: p: expected an object with from, to, scale, whole, values, found 3.")]
    [InlineData("""{"space":{"p":{"from":"low"}}}""", "space: p: from: expected a number, found \"low\".")]
    [InlineData("""{"space":{"p":{"scale":"Log"}}}""", "space: p: scale: expected linear or log, found \"Log\".")]
    [InlineData("""{"space":{"p":{"whole":1}}}""", "space: p: whole: expected true or false, found 1.")]
    [InlineData("""{"space":{"p":{"values":[[1]]}}}""", "space: p: values: expected a list of numbers or words, found [[1]].")]
    [InlineData("""{"space":{},"trials":2.5}""", "trials: expected a whole number, found 2.5.")]
    [InlineData("""{"space":{},"sampler":"grid"}""", "sampler: expected random or tpe, found \"grid\".")]
    [InlineData("""{"space":{"p":{},"p":{}}}""", "space: p is named twice.")]
    public void Read_WrongJson_NamesTheField(string json, string expected) =>
        Assert.Equal(
            expected, Assert.Throws<InvalidInputException>(() => JsonSerializer.Deserialize<SearchOptions>(json, Json.Compact)).Message);

    [Fact]
    public void Read_UnknownField_SuggestsTheNearest() =>
        Assert.Contains(
            "from",
            Assert.Throws<InvalidInputException>(
                () => JsonSerializer.Deserialize<SearchOptions>("""{"space":{"p":{"form":1}}}""", Json.Compact)).Message,
            StringComparison.Ordinal);
}
