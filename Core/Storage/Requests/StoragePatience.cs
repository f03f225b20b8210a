using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// How long a request to the storage account is repeated when it fails. A user who asks something wants to know soon. A run waits
/// for an account that comes back, because its work would otherwise be lost or done again.
/// </summary>
public static class StoragePatience
{
    /// <summary>The limit outside of runs: 15 seconds.</summary>
    public static readonly TimeSpan OfRequests = TimeSpan.FromSeconds(15);

    /// <summary>The limit of background work, such as runs and predictions of uploads: five minutes.</summary>
    public static readonly TimeSpan OfRuns = TimeSpan.FromMinutes(5);

    private const string Property = "ServerlessFashion.StoragePatience";

    /// <summary>
    /// Sets the limit for all requests of the current asynchronous flow until the returned object is disposed. The innermost scope
    /// applies.
    /// </summary>
    public static IDisposable Begin(TimeSpan limit) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = limit });

    internal static TimeSpan Of(HttpMessage message) =>
        message.TryGetProperty(Property, out var limit) && limit is TimeSpan value ? value : OfRequests;
}
