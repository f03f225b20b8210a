using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using ServerlessFashion.EndToEnd;
using ServerlessFashion.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ServedSystem))]
// One system for all: what one test starts, another would wait for.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace ServerlessFashion.EndToEnd;

/// <summary>
/// The system under test, known by its HTTP API and its Blob storage only. By default <c>fashion serve</c> on an emulator of
/// its own; with <c>FASHION_BASE_URL</c> and <c>FASHION_STORAGE</c> (and <c>FASHION_FUNCTION_KEY</c>) any host that runs already.
/// </summary>
public sealed class ServedSystem : IAsyncLifetime
{
    internal const string KeyHeader = "x-functions-key";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly string? _outsideUrl = Environment.GetEnvironmentVariable("FASHION_BASE_URL");
    private readonly Lazy<Task<FinishedRun>> _finished;
    private AzuriteProcess? _azurite;
    private FashionServer? _server;
    private string _storage = "";

    public ServedSystem() => _finished = new Lazy<Task<FinishedRun>>(RunToItsEndAsync);

    public static string? FunctionKey { get; } = Environment.GetEnvironmentVariable("FASHION_FUNCTION_KEY");

    /// <summary>True when the tests have started the server themselves and may end it.</summary>
    public bool IsOurs => _outsideUrl is null;

    public HttpClient Http { get; private set; } = null!;

    public BlobServiceClient Blobs { get; private set; } = null!;

    /// <summary>The connection string of its storage.</summary>
    internal string Storage => _storage;

    internal FashionServer Server => _server ?? throw new InvalidOperationException("The server is not ours.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (_outsideUrl is { } url)
        {
            _storage = Environment.GetEnvironmentVariable("FASHION_STORAGE")
                ?? throw new InvalidOperationException("FASHION_BASE_URL needs FASHION_STORAGE.");
            var root = url.TrimEnd('/');
            Connect(new Uri(root.EndsWith("/api", StringComparison.Ordinal) ? root + "/" : root + "/api/"));
        }
        else if (AzuriteProcess.Script is not null)
        {
            _azurite = await AzuriteProcess.StartAsync(CancellationToken.None);
            _storage = _azurite.NewAccount();
            await StartServerAsync();
        }
        else
        {
            return;
        }

        Blobs = new BlobServiceClient(_storage);
    }

    /// <summary>The connection string of an empty account in our emulator.</summary>
    internal string NewAccount() => _azurite!.NewAccount();

    /// <summary>Call it first: skips the test where nothing can be started.</summary>
    public void Require() => Assert.SkipWhen(Http is null, "The storage emulator is not installed: run `npm ci`.");

    /// <summary>A comparison of two small models, once for all tests that need a finished run.</summary>
    public Task<FinishedRun> FinishedRunAsync()
    {
        Require();
        return _finished.Value;
    }

    /// <summary>Kills the server and starts another one at the same address.</summary>
    internal async Task RestartServerAsync()
    {
        await Server.KillAsync();
        await StartServerAsync(Server.Url.Port);
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path, Cancellation);
        return await ReadAsync(response, expected);
    }

    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, HttpContent? content, HttpStatusCode expected, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Http.SendAsync(request, Cancellation);
        return await ReadAsync(response, expected);
    }

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    /// <summary>Starts a comparison and gives its id.</summary>
    public async Task<string> StartRunAsync(string options) =>
        (await SendAsync(HttpMethod.Post, "comparisons", Json(options), HttpStatusCode.Accepted)).GetProperty("id").GetString()!;

    /// <summary>The epochs that a run has stored, one JSON text each.</summary>
    internal async Task<List<string>> EpochRowsAsync(string id) =>
        [.. (await GetAsync($"comparisons/{id}/metrics")).GetProperty("items").EnumerateArray()
            .Select(item => JsonSerializer.Serialize(item))];

    /// <summary>Asks for a run until it is as wanted; fails when it ends otherwise.</summary>
    public async Task<JsonElement> WaitForRunAsync(string id, Func<JsonElement, bool> wanted)
    {
        var last = default(JsonElement);
        await WaitAsync(async () =>
        {
            last = await GetAsync($"comparisons/{id}");
            var ended = last.GetProperty("status").GetString() is "completed" or "failed" or "cancelled";
            return wanted(last) || (ended ? throw new InvalidOperationException($"The run has ended otherwise: {last}") : false);
        }, () => $"run {id}: {last}");
        return last;
    }

    public Task<JsonElement> WaitForStatusAsync(string id, string status) =>
        WaitForRunAsync(id, run => run.GetProperty("status").GetString() == status);

    public async Task UploadAsync(string name, BinaryData content) =>
        await Blobs.GetBlobContainerClient("incoming").GetBlobClient(name).UploadAsync(content, overwrite: true, Cancellation);

    /// <summary>Waits for one of the results of an upload.</summary>
    public async Task<string> WaitForBlobAsync(string container, string name)
    {
        string? text = null;
        await WaitAsync(
            async () => (text = await FindBlobAsync(container, name)) is not null, () => $"blob {container}/{name} has not appeared");
        return text!;
    }

    public async Task<string?> FindBlobAsync(string container, string name)
    {
        try
        {
            var blob = await Blobs.GetBlobContainerClient(container).GetBlobClient(name).DownloadContentAsync(Cancellation);
            return blob.Value.Content.ToString();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private async Task StartServerAsync(int port = 0)
    {
        _server = await FashionServer.StartAsync(_storage, port);
        Http?.Dispose();
        Connect(_server.Url);
    }

    private void Connect(Uri url)
    {
        Http = new HttpClient(new ContractHandler()) { BaseAddress = url };
        if (FunctionKey is not null)
        {
            Http.DefaultRequestHeaders.Add(KeyHeader, FunctionKey);
        }
    }

    private async Task<FinishedRun> RunToItsEndAsync()
    {
        var key = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "comparisons") { Content = Json(FinishedRun.Options) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await Http.SendAsync(request, Cancellation);
        var accepted = await ReadAsync(response, HttpStatusCode.Accepted);
        var id = accepted.GetProperty("id").GetString()!;
        var seen = new List<JsonElement>();
        var completed = await WaitForRunAsync(id, run =>
        {
            seen.Add(run);
            return run.GetProperty("status").GetString() == "completed";
        });
        return new FinishedRun(id, key, response.Headers.Location!.OriginalString, accepted, seen, completed);
    }

    private async Task WaitAsync(Func<Task<bool>> done, Func<string> what)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        late.CancelAfter(LongestWait);
        using var timer = new PeriodicTimer(PollInterval);
        while (!await done())
        {
            try
            {
                await timer.WaitForNextTickAsync(late.Token);
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {LongestWait}: {what()}\n{_server?.Log}");
            }
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}, expected {expected}: {text}\n{_server?.Log}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>A run that was watched from its start to its end.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Seen">Every status on the way.</param>
/// <param name="Completed">The last one.</param>
public sealed record FinishedRun(
    string Id, string Key, string Location, JsonElement Accepted, IReadOnlyList<JsonElement> Seen, JsonElement Completed)
{
    public const string Options = """{"preset": "smoke", "models": ["model1", "model3"], "epochs": {"model1": 3, "model3": 2}}""";
}
