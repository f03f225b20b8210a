using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Datasets.Tests;

/// <summary>A web server on the loopback address with one file. It can cut answers off, and notes the ranges that are asked for.</summary>
internal sealed partial class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _content;
    private readonly Task _serving;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<long?> _asked = [];

    public FileServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file.bin");

    /// <summary>The first byte of each request, in order; null for a request without a range.</summary>
    public IReadOnlyList<long?> Asked => _asked;

    /// <summary>Bytes after which each answer is cut off, in order; whole answers afterwards.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Whether a range is answered with that range, and not with the whole file.</summary>
    public bool KnowsRanges { get; init; } = true;

    public async ValueTask DisposeAsync()
    {
        // A listener that is stopped first refuses to accept if the last answer has just been given.
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        long? from = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            from = RangeHeader().Match(line) is { Success: true } range
                ? long.Parse(range.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                : from;
        }

        _asked.Add(from);
        var start = KnowsRanges ? from ?? 0 : 0;
        if (start >= _content.Length)
        {
            await WriteAsync($"416 Range Not Satisfiable\r\nContent-Range: bytes */{_content.Length}\r\nContent-Length: 0", default);
            return;
        }

        var status = start == 0 && !(KnowsRanges && from == 0)
            ? "200 OK"
            : $"206 Partial Content\r\nContent-Range: bytes {start}-{_content.Length - 1}/{_content.Length}";
        var answer = _content.AsMemory((int)start);
        var sent = Cuts.TryDequeue(out var cut) ? answer[..Math.Min(cut, answer.Length)] : answer;
        await WriteAsync($"{status}\r\nContent-Length: {answer.Length}", sent);

        async Task WriteAsync(string head, ReadOnlyMemory<byte> body)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        }
    }

    [GeneratedRegex(@"^Range: bytes=(\d+)-$", RegexOptions.IgnoreCase)]
    private static partial Regex RangeHeader();
}
