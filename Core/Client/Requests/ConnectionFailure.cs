using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Describes failures of the network. The sentences are this program's own, because those of the framework name no remedy.
/// </summary>
internal static class ConnectionFailure
{
    /// <summary>Whether the exception is a failure of the network, and not of a file or of this program.</summary>
    public static bool Is(Exception exception) =>
        exception is HttpRequestException or HttpIOException or AuthenticationException or IOException { InnerException: SocketException };

    /// <param name="address">The address of the server.</param>
    /// <param name="hasBegun">Whether the server had begun its answer.</param>
    public static ServerException Of(Uri address, Exception exception, bool hasBegun)
    {
        var at = At(address);
        return ErrorOf(exception) switch
        {
            HttpRequestError.NameResolutionError => Permanent(
                $"the host {address.Host} cannot be found; check the address and the network", exception),
            HttpRequestError.ConnectionError when SocketErrorOf(exception) is { } error => Transient(OfSocket(address, error), exception),
            HttpRequestError.ConnectionError => Transient(NothingAnswers(at), exception),
            HttpRequestError.SecureConnectionError => Permanent(
                $"no secure connection to {at}, because {ServerCertificate.Describe(exception)}", exception),
            HttpRequestError.ProxyTunnelError => Permanent(
                $"the proxy does not connect to {at}; check https_proxy, or add {address.Host} to no_proxy", exception),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
                Permanent($"what answers at {at} does not speak HTTP; check the address and its port", exception),
            _ => Cut(at, hasBegun, exception),
        };
    }

    /// <summary>No connection was made in time.</summary>
    public static ServerException Unconnected(Uri address, TimeSpan limit, Exception exception) => new(
        $"server: {At(address)} did not accept a connection within {limit.TotalSeconds:0} s; check the address and whether a firewall "
        + "stands between.", exception)
    {
        IsTransient = true,
        IsUnsent = true,
        Reason = "no connection",
    };

    /// <summary>The time for a request is over.</summary>
    /// <param name="hasBegun">Whether the server had begun its answer.</param>
    public static ServerException Late(Uri address, TimeSpan limit, bool hasBegun, Exception exception) => new(
        hasBegun
            ? $"server: the answer of {At(address)} was not complete within {limit.TotalSeconds:0} s."
            : $"server: {At(address)} did not answer within {limit.TotalSeconds:0} s.",
        exception)
    {
        IsTransient = true,
        Reason = hasBegun ? "its answer took too long" : "no answer",
    };

    private static string At(Uri address) => $"{address.Host}:{address.Port}";

    /// <summary>The framework counts a name server that does not answer as a failure of the connection.</summary>
    private static HttpRequestError? ErrorOf(Exception exception) =>
        SocketErrorOf(exception) is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery
            ? HttpRequestError.NameResolutionError
            : exception switch
            {
                HttpRequestException request => request.HttpRequestError,
                HttpIOException io => io.HttpRequestError,
                AuthenticationException => HttpRequestError.SecureConnectionError,
                _ => null,
            };

    private static SocketError? SocketErrorOf(Exception exception) => (exception.GetBaseException() as SocketException)?.SocketErrorCode;

    private static string OfSocket(Uri address, SocketError error) => error switch
    {
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            $"the network does not lead to {At(address)}; check the address and the network",
        SocketError.AccessDenied => $"this machine does not allow a connection to {At(address)}; check its firewall",
        _ => NothingAnswers(At(address)),
    };

    private static string NothingAnswers(string at) => $"nothing answers at {at}; check the address and whether the server runs";

    private static ServerException Permanent(string sentence, Exception exception) => new($"server: {sentence}.", exception);

    private static ServerException Transient(string sentence, Exception exception) => new($"server: {sentence}.", exception)
    {
        IsTransient = true,
        IsUnsent = true,
        Reason = "it cannot be reached",
    };

    private static ServerException Cut(string at, bool hasBegun, Exception exception) => new(
        hasBegun
            ? $"server: the connection to {at} was cut before the answer was complete."
            : $"server: {at} closed the connection without an answer; check the address and whether the server is well.",
        exception)
    {
        IsTransient = true,
        Reason = hasBegun ? "the connection was cut" : "it closed the connection without an answer",
    };
}
