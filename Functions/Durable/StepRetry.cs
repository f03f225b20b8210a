using Microsoft.DurableTask;

namespace ServerlessFashion.Functions.Durable;

/// <summary>The one retry policy: three attempts, and none after a failure that another attempt cannot mend.</summary>
internal static class StepRetry
{
    public const int Attempts = 3;

    private static readonly string[] PermanentFailures = [typeof(InvalidInputException).FullName!, typeof(StepTimedOutException).FullName!];

    public static TaskOptions Options(TimeSpan firstRetry) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(Attempts, firstRetry, backoffCoefficient: 2.0) { HandleFailure = failure => FindPermanent(failure) is null });

    /// <summary>What a failed step is reported with: the reason alone where it is permanent, else that it was tried again.</summary>
    public static string Describe(string step, TaskFailureDetails failure) =>
        FindPermanent(failure) is { } permanent
            ? permanent.ErrorMessage
            : $"{step} failed {Attempts} times: {failure.ErrorMessage}";

    // By name: failures travel as text, and the host may wrap the worker's exception in one of its own.
    private static TaskFailureDetails? FindPermanent(TaskFailureDetails? failure)
    {
        while (failure is not null && !PermanentFailures.Contains(failure.ErrorType))
        {
            failure = failure.InnerFailure;
        }

        return failure;
    }
}
