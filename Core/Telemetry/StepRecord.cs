using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>The log records of one attempt of a step: its beginning, and its end or failure with the seconds that it took.</summary>
public sealed class StepRecord
{
    private readonly ILogger _log;
    private readonly string _step;
    private readonly string _subject;
    private readonly long _began = Stopwatch.GetTimestamp();

    private StepRecord(ILogger log, string step, string subject)
    {
        _log = log;
        _step = step;
        _subject = subject;
    }

    /// <param name="request">The step's request, which names its run and perhaps its training.</param>
    public static StepRecord Begin(ILogger log, string step, object request)
    {
        var record = new StepRecord(log, step, Describe(request));
        log.StepBegan(step, record._subject);
        return record;
    }

    public void Succeed() => _log.StepEnded(_step, _subject, Stopwatch.GetElapsedTime(_began).TotalSeconds);

    public void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            _log.StepStopped(_step, _subject, Stopwatch.GetElapsedTime(_began).TotalSeconds);
        }
        else
        {
            _log.StepFailed(_step, _subject, Stopwatch.GetElapsedTime(_began).TotalSeconds, exception);
        }
    }

    private static string Describe(object request) => request switch
    {
        TrainingId training => $"run {training.RunId}, {training.Model}, seed {training.Seed}",
        EnsembleRequest ensemble => $"run {ensemble.RunId}, {ensemble.Name}",
        IRunStepRequest run => $"run {run.RunId}",
        _ => "an unknown run",
    };
}
