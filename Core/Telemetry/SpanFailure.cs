using System.Diagnostics;

namespace ServerlessFashion.Telemetry;

/// <summary>Records failures on spans.</summary>
public static class SpanFailure
{
    /// <summary>Marks the span as failed and records the exception. A cancellation is not a failure.</summary>
    public static void RecordFailure(this Activity? span, Exception exception)
    {
        if (span is null || exception is OperationCanceledException)
        {
            return;
        }

        span.AddException(exception);
        span.SetStatus(ActivityStatusCode.Error, exception.Message);
    }
}
