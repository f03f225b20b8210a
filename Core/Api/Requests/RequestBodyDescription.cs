namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Describes the body of a request. It is no <c>IAcceptsMetadata</c>, since routing would refuse other media types by that before the
/// endpoint could say which ones it accepts.
/// </summary>
/// <param name="JsonType">The type of a JSON body; null if the body cannot be JSON.</param>
internal sealed record RequestBodyDescription(Type? JsonType, bool IsOptional)
{
    /// <summary>Media types beside JSON; the content is bytes or text.</summary>
    public IReadOnlyList<(string MediaType, bool IsBinary)> OtherMediaTypes { get; init; } = [];
}
