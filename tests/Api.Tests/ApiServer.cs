using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Api.Tests.OpenApi;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>
/// The API behind a real web server, with an empty storage account of its own. Every response that its client gets is checked against the
/// OpenAPI document.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(FashionStorage storage)
    {
        Storage = storage;
        var machine = new TrainingMachine(_ => 1, DeviceOf);
        var application = ApplicationFactory.Create(storage, Host, machine, Time, RandomNumberGenerator.Create());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore()
            .AddSingleton(application)
            .AddFashionApi();
        _app = builder.Build();
        _app.UseProblemStatusCodePages();
        _app.MapFashionApi();
    }

    public FashionStorage Storage { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingHost Host { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public RunStore Runs => AddedRun.StoreOn(Storage);

    public ModelRegistry Registry => new(Storage, Time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A host without a GPU.</summary>
    private static DeviceChoice DeviceOf(DeviceChoice? asked) =>
        asked == DeviceChoice.Cuda ? throw new InvalidInputException("device: no GPU here.") : asked ?? DeviceChoice.Auto;

    public static async Task<ApiServer> StartAsync(AzuriteFixture azurite)
    {
        var server = new ApiServer(await azurite.NewStorageAsync());
        await server._app.StartAsync(Cancellation);
        var address = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Http = new HttpClient(new ContractHandler()) { BaseAddress = new Uri(address + "/api/") };
        return server;
    }

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json, string? key = null) =>
        SendAsync(HttpMethod.Post, path, json, key);

    public Task<HttpResponseMessage> PutJsonAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json, null);

    /// <summary>Stores a run of preset smoke.</summary>
    public Task<RunRecord> AddRunAsync(string id, RunStatus status, params string[] models) =>
        AddRunAsync(id, status, Define(models is [] ? ["model1", "model3"] : models));

    /// <summary>Stores a run of that definition.</summary>
    public Task<RunRecord> AddRunAsync(string id, RunStatus status, RunDefinition definition)
    {
        var now = Time.GetUtcNow();
        var run = RunRecord.Of(id, status, now, definition.Configuration) with { StartedAt = status == RunStatus.Pending ? null : now };
        return Runs.CreateAsync(run, definition, Cancellation);
    }

    public static RunDefinition Define(params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = models }, _ => 1);

    /// <summary>Stores epochs of equal metrics; the validation loss is no number.</summary>
    public async Task AddEpochsAsync(string run, string model, int epochs, double seconds)
    {
        var metrics = new EpochMetrics(Storage);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var row = new EpochRow(epoch, "training", .5, .6, double.NaN, .8, .001, seconds);
            await metrics.PutAsync(run, new EpochMetric(model, 1, row), Cancellation);
        }
    }

    /// <summary>Stores and registers a model that labels bright images 1 and dark ones 0.</summary>
    public Task<ModelVersion> AddModelAsync(string runId = "run", string model = "tiny") =>
        RegisteredModel.AddAsync(Storage, Registry, runId, model);

    public async Task<ModelVersion> AddChampionAsync()
    {
        var version = await AddModelAsync();
        await Registry.PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
        return version;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string json, string? key)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    /// <summary>Checks every response against the published contract.</summary>
    private sealed class ContractHandler() : DelegatingHandler(
        new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
    {
        private static readonly Lazy<Task<OpenApiDocument>> Document = new(OpenApiDocumentTests.GenerateAsync);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var path = request.RequestUri!.AbsolutePath["/api".Length..];
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            (await Document.Value).AssertAllows(request.Method.Method, path, (int)response.StatusCode, mediaType, body);
            return response;
        }
    }
}
