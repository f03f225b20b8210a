using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>
/// Spans of runs and steps, and the metrics of runs. Without a listener nothing is recorded. Workflow code is replayed and must not
/// use this class; steps and hosts may.
/// </summary>
public static class PipelineTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.PipelineSource);
    private static readonly Meter Meter = new(TelemetryNames.PipelineSource);
    private static readonly Counter<long> Ended = Meter.CreateCounter<long>(TelemetryNames.RunEnded, "{run}", "Runs that ended.");
    private static ImmutableList<Func<int>> activeRuns = [];

    static PipelineTelemetry() => Meter.CreateObservableGauge(
        TelemetryNames.RunActive, ReadActiveRuns, "{run}", "Runs that are pending or running.");

    /// <summary>
    /// Starts the root span of a run. A run outlives the request that started it, so it has its own trace with a link to the
    /// current span.
    /// </summary>
    /// <returns>Null if there is no listener.</returns>
    public static Activity? StartRun(string runId)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = Activity.Current is { } cause ? [new ActivityLink(cause.Context)] : [];
        Activity.Current = null;
        return Source.StartActivity(
            TelemetryNames.RunSpan, ActivityKind.Internal, parentContext: default, [new(TelemetryNames.RunIdTag, runId)], links);
    }

    /// <summary>Starts the span of one attempt of a step, below the current span or, without one, in the trace of its run.</summary>
    /// <param name="request">The step's request. It names the run and possibly the training.</param>
    /// <returns>Null if there is no listener.</returns>
    public static Activity? StartStep(string step, object request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var parent = Activity.Current?.Context ?? (request is IRunStepRequest { RunId: var runId } ? RunTrace.Of(runId) : default);
        return Source.StartActivity($"{TelemetryNames.StepSpan} {step}", ActivityKind.Internal, parent, Tags(request));
    }

    /// <summary>Starts the span of a child process that executes one step.</summary>
    /// <param name="parent">The step's span in the other process, see <see cref="TraceParent.Read"/>.</param>
    /// <returns>Null if there is no listener.</returns>
    public static Activity? StartProcess(object request, ActivityContext parent) =>
        Source.StartActivity(TelemetryNames.ProcessSpan, ActivityKind.Internal, parent, Tags(request));

    /// <summary>Records the outcome of a run on its span.</summary>
    public static void RecordOutcome(this Activity? run, ComparisonOutcome outcome)
    {
        run?.SetTag(TelemetryNames.RunStatusTag, Name(outcome.Status));
        if (outcome.Status == RunStatus.Failed)
        {
            run?.SetStatus(ActivityStatusCode.Error, outcome.Error);
        }
    }

    /// <summary>Counts a run that ended.</summary>
    public static void CountEnded(RunStatus status) =>
        Ended.Add(1, new KeyValuePair<string, object?>(TelemetryNames.RunStatusTag, Name(status)));

    /// <summary>Adds a source of the gauge of active runs, until the result is disposed. The gauge is the sum of its sources.</summary>
    /// <param name="count">Returns the number of runs. It is called at each collection, so it must be fast.</param>
    public static IDisposable ObserveActiveRuns(Func<int> count)
    {
        ImmutableInterlocked.Update(ref activeRuns, list => list.Add(count));
        return new Observation(count);
    }

    private static Measurement<int>[] ReadActiveRuns() => activeRuns is [] ? [] : [new(activeRuns.Sum(count => count()))];

    private static string Name(RunStatus status) => status.ToString().ToLowerInvariant();

    private static IEnumerable<KeyValuePair<string, object?>> Tags(object request)
    {
        if (request is IRunStepRequest { RunId: var runId })
        {
            yield return new(TelemetryNames.RunIdTag, runId);
        }

        if (request is TrainingId training)
        {
            yield return new(TelemetryNames.ModelTag, training.Model);
            yield return new(TelemetryNames.SeedTag, training.Seed);
        }
    }

    private sealed class Observation(Func<int> count) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref activeRuns, list => list.Remove(count));
    }
}
