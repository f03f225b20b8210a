using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Tests.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests;

/// <summary>Each attempt of a step is a span, on whichever side of the process border the step works.</summary>
public sealed class StepSpanTests
{
    private readonly FakeSteps _steps = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task CallStep_TrainingStepThatCrashesOnce_IsOneFailedAndOneGoodSpan()
    {
        using var recorder = new TelemetryRecorder();
        _steps.TrainSlice = (_, attempt, _) => attempt == 1
            ? throw new StepCrashedException("out of memory")
            : Task.FromResult(new TrainSliceResult(1, 1, Cancelled: false));

        var call = Context().CallStepAsync(PipelineSteps.TrainSlice, new TrainingId("run", "model1", 1));
        _time.Advance(TimeSpan.FromSeconds(1));
        await call;

        Assert.Equal(
            [
                ("fashion.step TrainSlice", ActivityStatusCode.Error, "out of memory"),
                ("fashion.step TrainSlice", ActivityStatusCode.Unset, null),
            ],
            recorder.Spans.Select(span => (span.DisplayName, span.Status, span.StatusDescription)));
    }

    [Fact]
    public async Task CallStep_LightStep_IsASpan()
    {
        using var recorder = new TelemetryRecorder();

        await Context().CallStepAsync(PipelineSteps.WriteReport, new RunRequest("run"));

        Assert.Equal("fashion.step WriteReport", Assert.Single(recorder.Spans).DisplayName);
    }

    private LocalWorkflowContext Context() => new(
        _steps.Light, _steps, new SemaphoreSlim(1), new Progress<WorkflowProgress>(), _time, NullLogger.Instance,
        TestContext.Current.CancellationToken);
}
