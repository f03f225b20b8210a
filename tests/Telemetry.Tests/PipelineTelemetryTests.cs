using System.Diagnostics;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Telemetry.Tests;

public sealed class PipelineTelemetryTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void StartRun_WithinARequest_IsATraceOfItsOwnLinkedToTheRequest()
    {
        using var recorder = new TelemetryRecorder();
        using var request = new Activity("request").Start();

        using var run = PipelineTelemetry.StartRun("run-1");
        using var step = PipelineTelemetry.StartStep("TrainSlice", new TrainingId("run-1", "model1", 7));

        Assert.Equal("fashion.run", run!.DisplayName);
        Assert.Equal(default, run.ParentSpanId);
        Assert.NotEqual(request.TraceId, run.TraceId);
        Assert.Equal(request.SpanId, Assert.Single(run.Links).Context.SpanId);
        Assert.Equal("run-1", run.GetTagItem("fashion.run.id"));
        Assert.Equal("fashion.step TrainSlice", step!.DisplayName);
        Assert.Equal(run.SpanId, step.ParentSpanId);
        Assert.Equal(
            [("fashion.run.id", "run-1"), ("fashion.model.name", "model1"), ("fashion.training.seed", 7)],
            step.TagObjects.Select(tag => (tag.Key, tag.Value!)));
    }

    /// <summary>As on a durable host, whose apps call the steps one by one.</summary>
    [Fact]
    public void StartStep_NoSpanAround_IsInTheTraceOfItsRun()
    {
        using var recorder = new TelemetryRecorder();

        using (PipelineTelemetry.StartStep("PrepareData", new RunRequest("run-1")))
        {
        }

        using (PipelineTelemetry.StartStep("TrainSlice", new TrainingId("run-1", "model1", 7)))
        {
        }

        // printf run-1 | sha256sum
        Assert.All(recorder.Spans, span => Assert.Equal("4e65d3fbe8ad6535681b021b30785b12", span.TraceId.ToHexString()));
        Assert.Equal(2, recorder.Spans.Count);
    }

    [Fact]
    public void StartProcess_SpanOfAnotherProcess_IsItsParent()
    {
        using var recorder = new TelemetryRecorder();
        var environment = new Dictionary<string, string?>
        {
            ["TRACEPARENT"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ["TRACESTATE"] = "vendor=1",
        };

        using var process = PipelineTelemetry.StartProcess(new RunRequest("run-1"), TraceParent.Read(environment.GetValueOrDefault));

        Assert.Equal(
            ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (process!.TraceId.ToHexString(), process.ParentSpanId.ToHexString()));
        Assert.Equal("vendor=1", process.TraceStateString);
        Assert.True(process.HasRemoteParent);
    }

    [Theory]
    [InlineData(RunStatus.Failed, ActivityStatusCode.Error, "failed")]
    [InlineData(RunStatus.Cancelled, ActivityStatusCode.Unset, "cancelled")]
    public void RecordOutcome_OfARun_SetsStatusAndTag(RunStatus status, ActivityStatusCode expected, string tag)
    {
        using var recorder = new TelemetryRecorder();
        using var run = PipelineTelemetry.StartRun("run-1");

        run.RecordOutcome(new ComparisonOutcome(status, null, "every model failed", []));

        Assert.Equal((expected, tag), (run!.Status, run.GetTagItem("fashion.run.status")));
    }

    [Fact]
    public void ObserveActiveRuns_TwoSources_AreSummedUntilTheyAreDisposed()
    {
        using var recorder = new TelemetryRecorder();

        using (PipelineTelemetry.ObserveActiveRuns(() => 2))
        {
            using var second = PipelineTelemetry.ObserveActiveRuns(() => 3);
            recorder.ReadGauges();
        }

        recorder.ReadGauges();
        Assert.Equal([new Measured("fashion.run.active", "{run}", 5, "")], recorder.Values("fashion.run.active"));
    }

    [Fact]
    public async Task RecordStatus_SameEndTwice_CountsTheRunOnce()
    {
        var storage = await azurite.NewStorageAsync();
        await AddedRun.StoreOn(storage).AddAsync("run-1", RunStatus.Running, Presets.Configure(new ComparisonOptions(), _ => 1));
        using var recorder = new TelemetryRecorder();
        var step = new RecordStatusStep(AddedRun.StoreOn(storage), TimeProvider.System);

        await step.RunAsync(new StatusChange("run-1", RunStatus.Failed, null, "no memory"), Cancellation);
        await step.RunAsync(new StatusChange("run-1", RunStatus.Failed, null, "no memory"), Cancellation);

        Assert.Equal([new Measured("fashion.run.ended", "{run}", 1, "fashion.run.status=failed")], recorder.Values("fashion.run.ended"));
    }
}
