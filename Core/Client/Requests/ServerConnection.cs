using System.Net.Http;
using System.Text.Json;
using Polly;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Sends requests to the API of one server. It repeats a request whose failure may pass, unless that could carry it out twice. Every
/// failure ends as one sentence: a <see cref="ServerException"/> for trouble of the network or the server, and an
/// <see cref="InvalidInputException"/> or a <see cref="Application.RefusedException"/> for a request that the server refuses.
/// </summary>
internal sealed class ServerConnection
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly SignIn _signIn;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _once;
    private bool _wasReached;

    /// <param name="http">Without a timeout of its own.</param>
    /// <param name="address">The address of the API, with a slash at its end.</param>
    public ServerConnection(HttpClient http, Uri address, SignIn signIn, TimeProvider time)
    {
        _http = http;
        _address = address;
        _signIn = signIn;
        _time = time;
        _repeatable = RetryPolicy.Create(time, MayPass);
        _once = RetryPolicy.Create(time, failure => MayPass(failure) && failure.IsUnsent);
    }

    /// <summary>The document that answers a request.</summary>
    public Task<T> SendAsync<T>(ServerRequest request, CancellationToken cancellation) =>
        SendAsync(request, (response, stop) => ReadAsync<T>(response, stop), cancellation);

    /// <summary>The document at a path.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        SendAsync<T>(ServerRequest.Get(path), cancellation);

    /// <summary>What <paramref name="read"/> makes of the response. It reads the response again after a cut connection.</summary>
    public async Task<T> SendAsync<T>(
        ServerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var pipeline = request.IsRepeatable ? _repeatable : _once;
        return await pipeline.ExecuteAsync(async stop => await AttemptAsync(request, read, stop), cancellation);
    }

    /// <summary>A server that was never reached is reported at once: its address is probably wrong.</summary>
    private bool MayPass(ServerException failure) => failure.IsTransient && _wasReached;

    private async Task<T> AttemptAsync<T>(
        ServerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(request.Limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var message = request.ToMessage(_address);
            await _signIn.ApplyAsync(message, stop.Token);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            _wasReached = true;
            return response.IsSuccessStatusCode
                ? await read(response, stop.Token)
                : throw await RefusalAsync(response, stop.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectionFailure.Late(_address, request.Limit, e);
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            throw ConnectionFailure.Of(_address, e);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!ServerResponse.IsJson(response))
        {
            throw NotTheApi();
        }

        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<T>(content, Json.Compact, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ServerException(
                $"server: {ServerAddress.Describe(_address)} gave an answer that this version of fashion does not understand; "
                + "use the version of the server.", e);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var problem = await ServerResponse.FindProblemAsync(response, cancellation);
        return ServerResponse.IsOfNoEndpoint(response, problem)
            ? await MissingRouteAsync(response.RequestMessage!, cancellation)
            : ServerResponse.ToException(response, problem, ServerAddress.Describe(_address), _signIn.Advice, _time.GetUtcNow());
    }

    /// <summary>Tells an old server from a server of something else.</summary>
    private async Task<Exception> MissingRouteAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(new Uri(_address, "health"), cancellation);
        return await ServerResponse.FindVersionAsync(response, cancellation) is { } version
            ? new ServerException(
                $"server: {ServerAddress.Describe(_address)} is version {version} and has no {request.Method} "
                + $"{request.RequestUri!.AbsolutePath}; update the server.")
            : NotTheApi();
    }

    private InvalidInputException NotTheApi() => new(
        $"server: there is no API of ServerlessFashion at {ServerAddress.Describe(_address)}; the address of an API ends with /api, "
        + "unless its host moved it.");
}
