using System.Text.Json;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Specs;

public class OptionValueTests
{
    [Theory]
    [InlineData("128", "128")]
    [InlineData("3e-4", "0.0003")]
    [InlineData("\"3e-4\"", "0.0003")]
    [InlineData("true", "\"true\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("\"random\"", "\"random\"")]
    [InlineData("\"NaN\"", "\"NaN\"")]
    public void Serialize_WhatWasRead_HasOneForm(string json, string expected) =>
        Assert.Equal(expected, JsonSerializer.Serialize(JsonSerializer.Deserialize<OptionValue>(json, Json.Compact), Json.Compact));

    [Theory]
    [InlineData("0.00005", "5e-5")]
    [InlineData("5E-05", "5e-5")]
    [InlineData("1.25e-10", "1.25e-10")]
    [InlineData("1e100", "1e100")]
    [InlineData("E", "E")]
    public void Of_Number_HasTheExponentThatPeopleWrite(string text, string expected) =>
        Assert.Equal(expected, OptionValue.Of(text).Text);

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Deserialize_ObjectOrArray_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<OptionValue>(json, Json.Compact));
}
