using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Data;

public class DatasetDescriptionTests
{
    /// <summary>Written by hand from the format of <c>dataset.json</c>; stored sets must stay readable.</summary>
    private const string Stored = """
        {"name":"shapes","side":32,"channels":3,"classes":["circle","square"],"trainPerClass":[4,2],"testPerClass":[1,0],"trainCount":6,
        "testCount":1,"sha256":"00ff","preparation":{"medianWidth":40,"medianHeight":30,"isGrey":false,"resampling":"area",
        "lightOnDark":null},"findings":[{"kind":"duplicatesAcrossParts","count":1,"names":["test/circle/1.png"],"message":"One."}],
        "createdAt":"2026-11-01T12:00:00+00:00"}
        """;

    private static DatasetDescription Shapes => new()
    {
        Name = "shapes",
        Side = 32,
        Channels = 3,
        Classes = ["circle", "square"],
        TrainPerClass = [4, 2],
        TestPerClass = [1, 0],
        TrainCount = 6,
        TestCount = 1,
        Sha256 = "00ff",
        Preparation = new ImagePreparation(40, 30, IsGrey: false, Resampling.Area),
        Findings = [new DatasetFinding(FindingKind.DuplicatesAcrossParts, 1, ["test/circle/1.png"], "One.")],
        CreatedAt = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void Compact_Description_WritesAndReadsTheStoredFormat()
    {
        var read = JsonSerializer.Deserialize<DatasetDescription>(Stored, Json.Compact)!;

        Assert.Equivalent(Shapes, read, strict: true);
        using var written = JsonDocument.Parse(JsonSerializer.Serialize(Shapes, Json.Compact));
        using var expected = JsonDocument.Parse(Stored);
        Assert.All(expected.RootElement.EnumerateObject(), field =>
            Assert.True(JsonElement.DeepEquals(field.Value, written.RootElement.GetProperty(field.Name)), field.Name));
    }

    /// <summary>32 x 32 x 3 = 3,072 bytes; 32 MiB = 33,554,432 bytes hold 10,922 such images.</summary>
    [Fact]
    public void ImagesPerChunk_ColourImages_FillAtMost32MebiBytes()
    {
        Assert.Equal(3072, Shapes.ImageBytes);
        Assert.Equal(10_922, Shapes.ImagesPerChunk);
    }

    [Theory]
    [InlineData("digits", true)]
    [InlineData("0-9", true)]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-123", true)]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1234", false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("Digits", false)]
    [InlineData("my digits", false)]
    [InlineData("größe", false)]
    [InlineData("../runs", false)]
    [InlineData("digits\n", false)]
    public void IsName_Text_FollowsTheRule(string text, bool expected) => Assert.Equal(expected, DatasetDescription.IsName(text));
}
