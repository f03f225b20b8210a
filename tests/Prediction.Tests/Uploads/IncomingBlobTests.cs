using System.Text.Json;
using Azure;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Prediction.Tests.Uploads;

public sealed class IncomingBlobTests
{
    [Fact]
    public void Equals_ETagWithAndWithoutQuotes_IsOneVersion()
    {
        var fromHeader = new IncomingBlob("a", new ETag("\"0x8D\""));
        var fromListing = new IncomingBlob("a", new ETag("0x8D"));

        Assert.Equal(fromHeader, fromListing);
        Assert.Equal(fromHeader.Id, fromListing.Id);
        Assert.Equal("0x8D", fromHeader.Version);
    }

    [Fact]
    public void Id_OtherNameOrVersion_IsAnotherOne()
    {
        string[] ids = [Id("a", "1"), Id("a", "2"), Id("b", "1")];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^predict-[0-9a-f]{32}-[0-9a-f]{32}$", id));
    }

    /// <summary>A durable orchestration gets it as JSON.</summary>
    [Fact]
    public void Json_ThereAndBack_IsTheSame()
    {
        var blob = new IncomingBlob("folder/ä.csv", new ETag("\"0x8D\""));

        Assert.Equal(blob, JsonSerializer.Deserialize<IncomingBlob>(JsonSerializer.Serialize(blob)));
        Assert.Equal(blob, JsonSerializer.Deserialize<IncomingBlob>(JsonSerializer.Serialize(blob, Json.Compact), Json.Compact));
    }

    private static string Id(string name, string tag) => new IncomingBlob(name, new ETag(tag)).Id;
}
