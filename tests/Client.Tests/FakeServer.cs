using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests;

/// <summary>A request that a fake server has received.</summary>
internal sealed record ReceivedRequest(string Line, HttpRequestHeaders Headers, string Body);

/// <summary>A server that gives the answers of a test, one after the other; the last one again and again.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<ReceivedRequest> Requests { get; } = [];

    public SkippingTime Time { get; } = new();

    /// <summary>The answer to a request for the health; null for none.</summary>
    public string? Version { get; init; }

    public FakeServer Answer(HttpStatusCode status, string? type = null, string text = "", TimeSpan? retryAfter = null) =>
        Answer(status, type, Encoding.UTF8.GetBytes(text), retryAfter);

    public FakeServer Answer(HttpStatusCode status, string? type, byte[] content, TimeSpan? retryAfter = null)
    {
        _answers.Enqueue(() => Response(status, type, content, retryAfter));
        return this;
    }

    public FakeServer AnswerJson(string json) => Answer(HttpStatusCode.OK, "application/json", json);

    public FakeServer AnswerProblem(HttpStatusCode status, string detail, TimeSpan? retryAfter = null) =>
        Answer(status, "application/problem+json", $$"""{"detail": "{{detail}}"}""", retryAfter);

    public FakeServer Fail(HttpRequestError error)
    {
        _answers.Enqueue(() => throw new HttpRequestException(error, "the cause"));
        return this;
    }

    public FakeServer Fail(Exception exception)
    {
        _answers.Enqueue(() => throw exception);
        return this;
    }

    /// <summary>A connection to this server.</summary>
    public ServerConnection Connect(string? key = null, IProgress<ServerNotice>? notices = null) => new(
        new HttpClient(this), new Uri("https://fashion.test/api/"), new SignIn(key, null, null, Time), Time, notices);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new ReceivedRequest($"{request.Method} {path}", request.Headers, body));
        var response = path == "/api/health" ? Health() : (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek())();
        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Health() => Version is null
        ? Response(HttpStatusCode.NotFound, null, [], null)
        : Response(
            HttpStatusCode.OK, "application/json",
            Encoding.UTF8.GetBytes($$"""{"status": "healthy", "version": "{{Version}}"}"""), null);

    private static HttpResponseMessage Response(HttpStatusCode status, string? type, byte[] content, TimeSpan? retryAfter)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(content) };
        response.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        response.Headers.RetryAfter = retryAfter is { } wait ? new RetryConditionHeaderValue(wait) : null;
        if ((int)status is >= 300 and < 400)
        {
            response.Headers.Location = new Uri("https://other.test/api?code=secret");
        }

        return response;
    }
}
