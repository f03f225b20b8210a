using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// Repeats failed requests with exponential delays, for a time rather than a number of attempts, see <see cref="StoragePatience"/>.
/// The base class decides which failures are worth another attempt, and obeys the header Retry-After.
/// </summary>
internal sealed class PatientRetryPolicy(TimeProvider time) : RetryPolicy(
    int.MaxValue, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        base.ShouldRetry(message, exception) && HasTime(message);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        await base.ShouldRetryAsync(message, exception) && HasTime(message);

    protected override void OnSendingRequest(HttpMessage message)
    {
        if (!message.TryGetProperty(typeof(PatientRetryPolicy), out _))
        {
            message.SetProperty(typeof(PatientRetryPolicy), time.GetTimestamp());
        }
    }

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        OnSendingRequest(message);
        return ValueTask.CompletedTask;
    }

    private bool HasTime(HttpMessage message) =>
        message.TryGetProperty(typeof(PatientRetryPolicy), out var began)
        && time.GetElapsedTime((long)began!) < StoragePatience.Of(message);
}
