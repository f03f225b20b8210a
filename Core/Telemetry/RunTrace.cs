using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessFashion.Telemetry;

/// <summary>
/// The trace of a run whose steps have no common parent span. A durable host calls each step separately, in one of several apps;
/// the run's id then gives all steps the same trace.
/// </summary>
internal static class RunTrace
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>A parent whose trace id is derived from the run's id. No span with the parent's own id is ever emitted.</summary>
    public static ActivityContext Of(string runId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan();
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(hash[..TraceIdBytes]),
            ActivitySpanId.CreateFromBytes(hash.Slice(TraceIdBytes, SpanIdBytes)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }
}
