using System.Text.Json;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Functions.Incoming.Polling;

/// <summary>The message that the blob trigger puts into its poison queue after five failed deliveries.</summary>
public sealed record PoisonedBlob(string ContainerName, string BlobName, string ETag)
{
    /// <exception cref="InvalidInputException">The message has another format.</exception>
    public static PoisonedBlob Parse(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<PoisonedBlob>(message, Json.Compact)
                is { ContainerName: not null, BlobName: not null, ETag: not null } blob
                ? blob
                : throw Unknown(message, null);
        }
        catch (JsonException e)
        {
            throw Unknown(message, e);
        }
    }

    private static InvalidInputException Unknown(string message, JsonException? cause) =>
        new($"poison queue: expected a blob trigger's message with ContainerName, BlobName and ETag, found '{message}'.", cause!);
}
