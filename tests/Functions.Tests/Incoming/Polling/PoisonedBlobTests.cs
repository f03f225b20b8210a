using ServerlessFashion.Functions.Incoming.Polling;

namespace ServerlessFashion.Functions.Tests.Incoming.Polling;

public sealed class PoisonedBlobTests
{
    /// <summary>A message that a Functions host 4.1037 left in the queue.</summary>
    private const string Message =
        """{"Type":"BlobTrigger","FunctionId":"Host.Functions."""
        + """StartPrediction","BlobType":"BlockBlob","ContainerName":"incoming","BlobName":"folder/a.csv","ETag":"\"0x1F5A\""}""";

    [Fact]
    public void Parse_MessageOfTheHost_NamesTheVersion() =>
        Assert.Equal(new PoisonedBlob("incoming", "folder/a.csv", "\"0x1F5A\""), PoisonedBlob.Parse(Message));

    [Theory]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("""{"ContainerName":"incoming"}""")]
    public void Parse_SomethingElse_SaysWhatWasExpected(string message)
    {
        var error = Assert.Throws<InvalidInputException>(() => PoisonedBlob.Parse(message));

        Assert.Equal(
            $"poison queue: expected a blob trigger's message with ContainerName, BlobName and ETag, found '{message}'.", error.Message);
    }
}
