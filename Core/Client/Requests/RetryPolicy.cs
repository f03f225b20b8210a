using Polly;
using Polly.Retry;

namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Sends a request again after a failure that may pass: up to six times with growing pauses, about 25 seconds in all, or after the time
/// that the server names.
/// </summary>
internal static class RetryPolicy
{
    private const int MostRetries = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A server that asks for a longer pause does not expect this client to wait.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(1);

    /// <param name="mayRetry">Whether a failure allows another attempt.</param>
    public static ResiliencePipeline Create(TimeProvider time, Func<ServerException, bool> mayRetry) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ServerException>(
                    failure => !(failure.RetryAfter > LongestRetryAfter) && mayRetry(failure)),
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ServerException)?.RetryAfter),
            })
            .Build();
}
