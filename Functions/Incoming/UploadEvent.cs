using System.Text.Json;
using Azure.Storage.Blobs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>An upload that a message announces.</summary>
/// <param name="Container">The container of the upload: <c>incoming</c>, or <c>datasets</c> for the source of a data set.</param>
/// <param name="ETag">The uploaded version; null if the message does not contain it.</param>
internal sealed record AnnouncedUpload(string Container, string Name, string? ETag);

/// <summary>
/// The message with which Event Grid announces uploads, as in Microsoft's "Azure Blob Storage as an Event Grid source". A storage
/// queue gets one event in each message. The documentation shows arrays, so this class reads both.
/// </summary>
internal static class UploadEvent
{
    private const string BlobCreated = "Microsoft.Storage.BlobCreated";

    /// <param name="EventType">The event's type in Event Grid's own schema.</param>
    /// <param name="Type">The event's type in the CloudEvents schema.</param>
    private sealed record StorageEvent(string? EventType, string? Type, BlobData? Data);

    private sealed record BlobData(string? Url, string? ETag);

    /// <summary>Returns the uploads that a message announces.</summary>
    /// <exception cref="InvalidInputException">The message has another format.</exception>
    public static IReadOnlyList<AnnouncedUpload> Read(string message)
    {
        try
        {
            return [.. Parse(message).Select(announced => Find(announced) ?? throw Unknown(message, null))];
        }
        catch (JsonException e)
        {
            throw Unknown(message, e);
        }
    }

    private static StorageEvent?[] Parse(string message) => message.AsSpan().TrimStart().StartsWith("[")
        ? JsonSerializer.Deserialize<StorageEvent?[]>(message, Json.Compact)!
        : [JsonSerializer.Deserialize<StorageEvent>(message, Json.Compact)];

    /// <summary>
    /// Takes the name from the address, as the Functions host's own blob trigger does: the address contains the percent-encoded
    /// name, while <c>subject</c> contains plain text that has been reported to lose characters
    /// (Azure-Samples/azure-event-grid-viewer, issue 9).
    /// </summary>
    private static AnnouncedUpload? Find(StorageEvent? announced) =>
        (announced?.EventType ?? announced?.Type) == BlobCreated
        && Uri.TryCreate(announced!.Data?.Url, UriKind.Absolute, out var address)
        && new BlobUriBuilder(address, trimBlobNameSlashes: false)
            is { BlobContainerName: StorageNames.Incoming or StorageNames.Datasets, BlobName: { Length: > 0 } name } blob
            ? new AnnouncedUpload(blob.BlobContainerName, name, announced.Data.ETag)
            : null;

    private static InvalidInputException Unknown(string message, JsonException? cause) => new(
        $"upload event: expected {BlobCreated} with a data.url in container {StorageNames.Incoming} or {StorageNames.Datasets}, found "
        + $"'{message}'.", cause!);
}
