using Microsoft.DurableTask;

namespace ServerlessFashion.Functions.Durable;

/// <summary>The retry policy: three attempts, and no retry after a permanent failure.</summary>
internal static class StepRetry
{
    public const int Attempts = 3;

    private static readonly string[] PermanentFailures = [typeof(InvalidInputException).FullName!, typeof(StepTimedOutException).FullName!];

    public static TaskOptions Options(TimeSpan firstRetry) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(Attempts, firstRetry, backoffCoefficient: 2.0) { HandleFailure = failure => FindPermanent(failure) is null });

    /// <summary>Describes a failed step: only the reason if the failure is permanent, otherwise also that it was tried again.</summary>
    public static string Describe(string step, TaskFailureDetails failure) =>
        FindPermanent(failure) is { } permanent
            ? permanent.ErrorMessage
            : $"{step} failed {Attempts} times: {failure.ErrorMessage}";

    // By name, because failures travel as text, and the host may wrap the worker's exception in another one.
    private static TaskFailureDetails? FindPermanent(TaskFailureDetails? failure)
    {
        while (failure is not null && !PermanentFailures.Contains(failure.ErrorType))
        {
            failure = failure.InnerFailure;
        }

        return failure;
    }
}
