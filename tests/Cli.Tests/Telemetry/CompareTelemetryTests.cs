using System.Text.Json;
using ServerlessFashion.Cli.Tests.Telemetry.Otlp;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Tests.Telemetry;

/// <summary>What a comparison sends. The names are those that alerts and workbook read.</summary>
public sealed class CompareTelemetryTests(StorageFixture storage) : IDisposable
{
    private static readonly string[] OneModel = ["compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=2", "--json"];

    private readonly string _output = Directory.CreateTempSubdirectory("fashion-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public async Task Compare_WithAReceiver_SendsOneTraceOverAllProcesses()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var run = await CompareAsync(receiver.Environment);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', Describe(receiver)));
        Assert.Single(receiver.Spans.Select(span => span.TraceId).Distinct());
        Assert.Equal(
            [
                "fashion.run",
                "  fashion.step RecordStatus",
                "  fashion.step PrepareData",
                "  fashion.step PlanTrainings",
                "  fashion.step TrainSlice",
                "    fashion.process",
                "      fashion.epoch",
                "      fashion.epoch",
                "  fashion.step EvaluateModel",
                "    fashion.process",
                "  fashion.step CompareModels",
                "  fashion.step WriteReport",
                "  fashion.step PromoteChampion",
                "  fashion.step RecordStatus",
            ],
            OtlpText.Tree(receiver.Spans));
        Assert.All(receiver.Spans, span => Assert.Equal(run, span.Attributes.Text("fashion.run.id")));
        var epochs = receiver.Spans.Where(span => span.Name == "fashion.epoch").OrderBy(span => span.StartTimeUnixNano);
        Assert.Equal(
            [("1", "model1", "1", "cpu"), ("2", "model1", "1", "cpu")],
            epochs.Select(span => span.Attributes).Select(tags => (
                tags.Text("fashion.training.epoch"), tags.Text("fashion.model.name"),
                tags.Text("fashion.training.seed"), tags.Text("fashion.device"))));
        Assert.Equal(["fashion"], receiver.Services);
    }

    [Fact]
    public async Task Compare_WithAReceiver_SendsMetricsWithUnitsAndTags()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await CompareAsync(receiver.Environment);

        var metrics = receiver.Metrics.ToLookup(metric => metric.Name);
        Assert.Equal(
            ["fashion.run.active", "fashion.run.ended", "fashion.training.epoch.duration", "fashion.training.images"],
            metrics.Select(metric => metric.Key).Order());
        var ended = Assert.Single(metrics["fashion.run.ended"]);
        Assert.Equal(("{run}", 1L), (ended.Unit, Assert.Single(ended.Sum.DataPoints).AsInt));
        Assert.Equal("completed", ended.Sum.DataPoints[0].Attributes.Text("fashion.run.status"));
        var active = Assert.Single(metrics["fashion.run.active"]);
        Assert.Equal(("{run}", 1L), (active.Unit, Assert.Single(active.Gauge.DataPoints).AsInt));
        var images = Assert.Single(metrics["fashion.training.images"]);
        // Two epochs of the 1,600 training images of the smoke preset.
        Assert.Equal(("{image}", 3200L), (images.Unit, Assert.Single(images.Sum.DataPoints).AsInt));
        var duration = Assert.Single(metrics["fashion.training.epoch.duration"]);
        var epochs = Assert.Single(duration.Histogram.DataPoints);
        Assert.Equal(("s", 2UL), (duration.Unit, epochs.Count));
        Assert.InRange(epochs.Sum, .01, 60);
        Assert.All(
            [images.Sum.DataPoints[0].Attributes, epochs.Attributes],
            tags => Assert.Equal(
                ["fashion.device=cpu", "fashion.model.name=model1"], tags.Select(tag => $"{tag.Key}={tag.Value.StringValue}").Order()));
    }

    [Fact]
    public async Task Compare_WithAReceiver_SendsLogsWithEventIdsOfTheRun()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var run = await CompareAsync(receiver.Environment);

        // Nine steps end, and two of them in a training process too.
        string[] steps = [.. Enumerable.Repeat("14", 11)];
        // Whether storage makes a request wait depends on the load of the machine.
        var logs = receiver.Logs.Where(record => EventId(record) is not ("305" or "306")).ToList();
        Assert.Equal(["10", "10", "100", "100", .. steps], logs.Select(EventId).Order(StringComparer.Ordinal));
        Assert.All(logs, record => Assert.Equal(run, record.Attributes.Text("fashion.run.id")));
        Assert.All(logs, record => Assert.Contains(
            receiver.Spans, span => span.SpanId == record.SpanId && span.TraceId == record.TraceId));
        Assert.Contains($"Run {run} is Completed", logs.Select(record => record.Body.StringValue));
        Assert.All(
            logs.Where(record => EventId(record) == "100"),
            record => Assert.Equal("1", record.Attributes.Text("fashion.training.seed")));
    }

    [Fact]
    public async Task Compare_ReceiverThatIsDown_RunsAsWithout()
    {
        string address;
        await using (var receiver = await OtlpReceiver.StartAsync())
        {
            address = receiver.Address;
        }

        await CompareAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
    }

    [Fact]
    public async Task Compare_AddressThatIsNone_IsBadInput()
    {
        var result = await FashionProgram.RunAsync(
            await storage.NewAccountAsync(), new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "localhost" }, OneModel);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "fashion: OTEL_EXPORTER_OTLP_ENDPOINT: expected the address of an OTLP receiver such as http://localhost:4318, "
            + "found 'localhost'.",
            result.Error.Trim());
    }

    private static string EventId(LogRecord record) => record.Attributes.Text("logrecord.event.id");

    /// <summary>All that arrived, for the reader of the test's output.</summary>
    private static IEnumerable<string> Describe(OtlpReceiver receiver) =>
    [
        .. OtlpText.Tree(receiver.Spans, span => $"{span.Name}  {span.Seconds()}"),
        .. receiver.Metrics.Select(metric => metric.ToString()),
        .. receiver.Logs.Select(record => $"event {EventId(record)}: {record.Body.StringValue}"),
    ];

    /// <returns>The id of the run, which completed and wrote no line to standard error but those of its progress.</returns>
    private async Task<string> CompareAsync(Dictionary<string, string> environment)
    {
        Assert.SkipUnless(
            FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), environment, [.. OneModel, "--output", _output]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("telemetry", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("exception", result.Error, StringComparison.OrdinalIgnoreCase);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("runId").GetString()!;
    }
}
