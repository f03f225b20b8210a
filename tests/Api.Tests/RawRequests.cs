using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServerlessFashion.Api.Tests;

/// <summary>Requests that are sent byte by byte, as no client library would send them or would show their answers.</summary>
internal static class RawRequests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends bytes, and gives all that the server answers until it closes the connection, a character for each byte.</summary>
    public static async Task<string> ExchangeAsync(this ApiServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, Cancellation);
        await using var connection = client.GetStream();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(connection, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
