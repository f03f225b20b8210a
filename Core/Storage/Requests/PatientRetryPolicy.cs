using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// Repeats failed requests with exponential delays, for a time rather than a number of attempts, see <see cref="StoragePatience"/>.
/// Requests that follow each other share this time: when it has run out for one, the next ones give up after
/// <see cref="StoragePatience.OfRequests"/>, until the account answers again. Otherwise a command with ten things to store would wait
/// ten times before it ends. Requests with content are told apart from others, since an account with a full disk still answers those
/// who read or renew a lease.
/// The base class decides which failures are worth another attempt, and obeys the header Retry-After.
/// </summary>
internal sealed class PatientRetryPolicy(TimeProvider time) : RetryPolicy(
    int.MaxValue, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Outage _withContent = new();
    private readonly Outage _withoutContent = new();

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        Note(message, base.ShouldRetry(message, exception)) && HasTime(message);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        Note(message, await base.ShouldRetryAsync(message, exception)) && HasTime(message);

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

    protected override void OnRequestSent(HttpMessage message)
    {
        if (message.HasResponse && !message.Response.IsError)
        {
            OutageOf(message).Began = null;
        }
    }

    protected override ValueTask OnRequestSentAsync(HttpMessage message)
    {
        OnRequestSent(message);
        return ValueTask.CompletedTask;
    }

    /// <summary>A refusal, such as 404, is an answer too.</summary>
    private bool Note(HttpMessage message, bool isWorthAnotherAttempt)
    {
        var outage = OutageOf(message);
        outage.Began = isWorthAnotherAttempt ? outage.Began ?? BeganOf(message) : null;
        return isWorthAnotherAttempt;
    }

    private bool HasTime(HttpMessage message)
    {
        var patience = StoragePatience.Of(message);
        var began = BeganOf(message);
        var waited = time.GetElapsedTime(began);
        return waited < patience
            && (waited < StoragePatience.OfRequests || time.GetElapsedTime(OutageOf(message).Began ?? began) < patience);
    }

    private long BeganOf(HttpMessage message) =>
        message.TryGetProperty(typeof(PatientRetryPolicy), out var began) ? (long)began! : time.GetTimestamp();

    private Outage OutageOf(HttpMessage message) => message.Request.Content is null ? _withoutContent : _withContent;

    /// <summary>The time in which no request was answered; its requests run side by side.</summary>
    private sealed class Outage
    {
        private const long None = -1;

        private long _began = None;

        /// <summary>Timestamp of the first request that failed; null while requests are answered.</summary>
        public long? Began
        {
            get => Interlocked.Read(ref _began) is var began and not None ? began : null;
            set => Interlocked.Exchange(ref _began, value ?? None);
        }
    }
}
