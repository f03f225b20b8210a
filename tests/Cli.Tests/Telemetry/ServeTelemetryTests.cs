using System.Net.Http.Headers;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Telemetry;

/// <summary>What the local server sends of requests, uploads and runs.</summary>
public sealed class ServeTelemetryTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_RequestAndBadUpload_SendsSpansMetricsAndLogs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a Unix signal.");
        var account = await storage.NewAccountAsync();
        var connected = FashionStorage.Connect(account);
        await connected.EnsureCreatedAsync(Cancellation);
        await AddChampionAsync(connected);
        await using var receiver = await OtlpReceiver.StartAsync();
        using var server = FashionProgram.Start(account, "listening on ", receiver.Environment, "serve", "--port", "0");
        var url = (await server.MarkerAsync()).Split(' ', ';')[2];

        await PredictAsync(url, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await connected.Container(StorageNames.Incoming).GetBlobClient("bad.csv")
            .UploadAsync(BinaryData.FromString("neither image nor table"), Cancellation);
        await receiver.WaitAsync(received => received.Metrics.Any(metric => metric.Name == "fashion.incoming.poisoned"));
        server.Interrupt();
        var result = await server.EndAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        var predictions = receiver.Spans
            .Where(span => span.Name == "fashion.predict").ToLookup(span => span.Attributes.Text("fashion.incoming.name"));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Convert.ToHexStringLower(Assert.Single(predictions[""]).TraceId.Span));
        Assert.Contains(receiver.Spans, span => span.SpanId == predictions[""].Single().ParentSpanId);
        Assert.Single(predictions["bad.csv"]);
        var metrics = receiver.Metrics.ToDictionary(metric => metric.Name);
        var poisoned = metrics["fashion.incoming.poisoned"];
        Assert.Equal(("{upload}", 1L), (poisoned.Unit, Assert.Single(poisoned.Sum.DataPoints).AsInt));
        var duration = metrics["fashion.prediction.duration"];
        Assert.Equal(("s", 2UL), (duration.Unit, Assert.Single(duration.Histogram.DataPoints).Count));
        Assert.Equal(0L, metrics["fashion.run.active"].Gauge.DataPoints.Single().AsInt);
        Assert.Contains(receiver.Logs, record => record.Attributes.Text("logrecord.event.id") == "202" && record.SeverityNumber == 17);
    }

    private static async Task AddChampionAsync(FashionStorage storage)
    {
        var registry = new ModelRegistry(storage, TimeProvider.System);
        var version = await RegisteredModel.AddAsync(storage, registry, "run", "tiny");
        await registry.PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
    }

    private static async Task PredictAsync(string url, string traceParent)
    {
        var table = $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n1,{string.Join(',', Enumerable.Repeat(9, 784))}\n";
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/predictions") { Content = new StringContent(table) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        request.Headers.Add("traceparent", traceParent);
        using var response = await http.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
