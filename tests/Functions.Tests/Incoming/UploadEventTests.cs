using System.Text.Json.Nodes;
using ServerlessFashion.Functions.Incoming;

namespace ServerlessFashion.Functions.Tests.Incoming;

/// <summary>The events are those of Microsoft's "Azure Blob Storage as an Event Grid source", with this system's container.</summary>
public sealed class UploadEventTests
{
    private const string Documented =
        """
        {
          "topic": "/subscriptions/{id}/resourceGroups/Storage/providers/Microsoft.Storage/storageAccounts/my-storage-account",
          "subject": "/blobServices/default/containers/incoming/blobs/new-file.txt",
          "eventType": "Microsoft.Storage.BlobCreated",
          "eventTime": "2017-06-26T18:41:00.9584103Z",
          "id": "831e1650-001e-001b-66ab-eeb76e069631",
          "data": {
            "api": "PutBlockList",
            "clientRequestId": "6d79dbfb-0e37-4fc4-981f-442c9ca65760",
            "requestId": "831e1650-001e-001b-66ab-eeb76e000000",
            "eTag": "\"0x8D4BCC2E4835CD0\"",
            "contentType": "text/plain",
            "contentLength": 524288,
            "blobType": "BlockBlob",
            "url": "https://my-storage-account.blob.core.windows.net/incoming/new-file.txt",
            "sequencer": "00000000000004420000000000028963",
            "storageDiagnostics": { "batchId": "b68529f3-68cd-4744-baa4-3c0498ec19f0" }
          },
          "dataVersion": "",
          "metadataVersion": "1"
        }
        """;

    /// <summary>The same page's event in the CloudEvents schema.</summary>
    private const string DocumentedCloudEvent =
        """
        {
          "source": "/subscriptions/{id}/resourceGroups/Storage/providers/Microsoft.Storage/storageAccounts/my-storage-account",
          "subject": "/blobServices/default/containers/incoming/blobs/new-file.txt",
          "type": "Microsoft.Storage.BlobCreated",
          "time": "2017-06-26T18:41:00.9584103Z",
          "id": "831e1650-001e-001b-66ab-eeb76e069631",
          "data": {
            "api": "PutBlockList",
            "eTag": "\"0x8D4BCC2E4835CD0\"",
            "contentType": "text/plain",
            "contentLength": 524288,
            "blobType": "BlockBlob",
            "url": "https://my-storage-account.blob.core.windows.net/incoming/new-file.txt",
            "sequencer": "00000000000004420000000000028963"
          },
          "specversion": "1.0"
        }
        """;

    [Theory]
    [InlineData(Documented)]
    [InlineData(DocumentedCloudEvent)]
    [InlineData($"[{Documented}]")]
    public void Read_DocumentedEvent_IsItsBlob(string message) =>
        Assert.Equal([new AnnouncedUpload("incoming", "new-file.txt", "\"0x8D4BCC2E4835CD0\"")], UploadEvent.Read(message));

    /// <summary>The names on the right are what a person uploads; the addresses are percent-encoded as RFC 3986 says.</summary>
    [Theory]
    [InlineData("folder/a%20b.csv", "folder/a b.csv")]
    [InlineData("100%25.csv", "100%.csv")]
    [InlineData("a%2520b.csv", "a%20b.csv")]
    [InlineData("gr%C3%BCn.csv", "grün.csv")]
    [InlineData("tasklog_14%F0%9F%92%8E.log", "tasklog_14💎.log")]
    [InlineData("a%23b%3Fc+d.csv", "a#b?c+d.csv")]
    public void Read_EncodedName_IsTheUploadsOwn(string encoded, string name) =>
        Assert.Equal(
            [name],
            UploadEvent.Read(With("url", $"https://my-storage-account.blob.core.windows.net/incoming/{encoded}"))
                .Select(upload => upload.Name));

    /// <summary>Nobody's event, another container's, another kind's and none at all.</summary>
    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","data":{"url":"new-file.txt"}}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","data":{"url":"https://a.blob.core.windows.net/incoming"}}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","data":{"url":"https://a.blob.core.windows.net/models/a.csv"}}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobDeleted","data":{"url":"https://a.blob.core.windows.net/incoming/a.csv"}}""")]
    public void Read_SomethingElse_SaysWhatWasExpected(string message)
    {
        var error = Assert.Throws<InvalidInputException>(() => UploadEvent.Read(message));

        Assert.Equal(
            $"upload event: expected Microsoft.Storage.BlobCreated with a data.url in container incoming or datasets, found '{message}'.",
            error.Message);
    }

    private static string With(string field, string value)
    {
        var announced = JsonNode.Parse(Documented)!;
        announced["data"]![field] = value;
        return announced.ToJsonString();
    }
}
