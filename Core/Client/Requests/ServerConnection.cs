using System.Net;
using System.Net.Http;
using System.Text.Json;
using Polly;
using ServerlessFashion.Client.Documents;

namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Sends requests to the API of one server. It repeats a request whose failure may pass, unless that could carry it out twice. Every
/// failure ends as one sentence: a <see cref="ServerException"/> for trouble of the network or the server, and an
/// <see cref="InvalidInputException"/> or a <see cref="Application.RefusedException"/> for a request that the server refuses.
/// </summary>
internal sealed class ServerConnection
{
    /// <summary>The time for a connection, after which the handler gives up.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly SignIn _signIn;
    private readonly TimeProvider _time;
    private readonly ServerWaits _waits;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _once;
    private bool _wasReached;

    /// <param name="http">Without a timeout of its own.</param>
    /// <param name="address">The address of the API, with a slash at its end.</param>
    /// <param name="notices">Receives what a request waits for when it takes long; null for nobody.</param>
    public ServerConnection(
        HttpClient http, Uri address, SignIn signIn, TimeProvider time, IProgress<ServerNotice>? notices = null)
    {
        _http = http;
        _address = address;
        _signIn = signIn;
        _time = time;
        _waits = new ServerWaits(ServerAddress.Describe(address), time, notices);
        _repeatable = RetryPolicy.Create(time, MayPass);
        _once = RetryPolicy.Create(time, failure => MayPass(failure) && failure.IsUnsent);
    }

    /// <summary>The document that answers a request.</summary>
    public Task<T> SendAsync<T>(ServerRequest request, CancellationToken cancellation) =>
        AskAsync(request, (response, stop) => ReadAsync<T>(request, response, stop), cancellation);

    /// <summary>Sends a request whose success has no content.</summary>
    public Task SendAsync(ServerRequest request, CancellationToken cancellation) => AskAsync(
        request,
        (response, _) => response.StatusCode == HttpStatusCode.NoContent ? Task.FromResult(true) : throw NotTheApi(),
        cancellation);

    /// <summary>The document at a path.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        SendAsync<T>(ServerRequest.Get(path), cancellation);

    /// <summary>What <paramref name="read"/> makes of a file. It reads the file again after a cut connection.</summary>
    /// <param name="type">The media type of the file.</param>
    /// <param name="read">Throws an <see cref="InvalidDataException"/> for a file of another kind than its type says.</param>
    public Task<T> DownloadAsync<T>(
        ServerRequest request, string type, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellation) => AskAsync(
            request,
            async (response, stop) =>
            {
                RequireType(response, type);
                try
                {
                    return await read(response, stop);
                }
                catch (InvalidDataException e)
                {
                    throw NotUnderstood(request.Path, e);
                }
            },
            cancellation);

    /// <summary>What is wrong with an answer of success that is not that of an API of this version.</summary>
    /// <param name="path">What was asked for, relative to the address of the API.</param>
    public ServerException NotUnderstood(string path, Exception? innerException) => new(
        $"server: {ServerAddress.Describe(_address)} gave an answer to /{path.Split('?')[0]} that this client cannot read; it is probably "
        + "no server of ServerlessFashion, or one of another version.", innerException);

    private async Task<T> AskAsync<T>(
        ServerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var pipeline = request.IsRepeatable ? _repeatable : _once;
        using var wait = _waits.Begin();
        return await pipeline.ExecuteAsync(
            async stop =>
            {
                try
                {
                    return await AttemptAsync(request, read, wait, stop);
                }
                catch (ServerException e) when (e.IsTransient)
                {
                    wait.Fail(e.Reason);
                    throw;
                }
            },
            cancellation);
    }

    /// <summary>A server that was never reached is reported at once: its address is probably wrong.</summary>
    private bool MayPass(ServerException failure) => failure.IsTransient && _wasReached;

    private async Task<T> AttemptAsync<T>(
        ServerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, ServerWaits.Wait wait,
        CancellationToken cancellation)
    {
        var hasBegun = false;
        using var late = new CancellationTokenSource(request.Limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var message = request.ToMessage(_address);
            await _signIn.ApplyAsync(message, stop.Token);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            _wasReached = hasBegun = true;
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, stop.Token);
            }

            wait.Answer();
            return await read(response, stop.Token);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !stop.IsCancellationRequested)
        {
            // The handler names its own limit in this way; the limit of the request has not passed.
            throw ConnectionFailure.Unconnected(_address, ConnectTimeout, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectionFailure.Late(_address, request.Limit, hasBegun, e);
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            throw ConnectionFailure.Of(_address, e, hasBegun);
        }
    }

    private async Task<T> ReadAsync<T>(ServerRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        RequireType(response, ServerResponse.JsonType);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<T>(content, AnswerJson.Options, cancellation) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or InvalidInputException or ArgumentException)
        {
            // A document checks its values itself.
            throw NotUnderstood(request.Path, e);
        }
    }

    private void RequireType(HttpResponseMessage response, string type)
    {
        if (response.Content.Headers.ContentType?.MediaType != type)
        {
            throw NotTheApi();
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
