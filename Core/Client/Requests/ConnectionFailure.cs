using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ServerlessFashion.Client.Requests;

/// <summary>Describes failures of the network.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether the exception is a failure of the network, and not of a file or of this program.</summary>
    public static bool Is(Exception exception) =>
        exception is HttpRequestException or HttpIOException or AuthenticationException or IOException { InnerException: SocketException };

    /// <param name="address">The address of the server.</param>
    public static ServerException Of(Uri address, Exception exception)
    {
        var at = $"{address.Host}:{address.Port}";
        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new ServerException(
                $"server: the host {address.Host} cannot be found; check the address and the network.", exception),
            HttpRequestError.ConnectionError => new ServerException(
                $"server: nothing answers at {at}; check the address and whether the server runs.", exception)
            {
                IsTransient = true,
                IsUnsent = true,
            },
            HttpRequestError.SecureConnectionError => new ServerException(
                $"server: no secure connection to {at} ({Cause(exception)}); check whether the address begins rightly with https://, the "
                + "server's certificate and the clock of this machine.", exception),
            HttpRequestError.ProxyTunnelError => new ServerException(
                $"server: the proxy does not connect to {at}; check https_proxy, or add {address.Host} to no_proxy.", exception),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
                new ServerException($"server: what answers at {at} does not speak HTTP; check the address and its port.", exception),
            _ => new ServerException($"server: the connection to {at} was cut ({Cause(exception)}).", exception) { IsTransient = true },
        };
    }

    /// <summary>The time for a request is over.</summary>
    public static ServerException Late(Uri address, TimeSpan limit, Exception exception) => new(
        $"server: {address.Host}:{address.Port} did not answer within {limit.TotalSeconds:0} s.", exception)
    {
        IsTransient = true,
    };

    /// <summary>The innermost message says most.</summary>
    private static string Cause(Exception exception) => exception.GetBaseException().Message.TrimEnd('.');
}
