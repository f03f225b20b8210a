using System.Diagnostics;

namespace ServerlessFashion.Telemetry;

/// <summary>How a span shows that its work failed.</summary>
public static class SpanFailure
{
    /// <summary>Marks the span as failed and keeps the exception. A cancellation is no failure.</summary>
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
