using Microsoft.DurableTask;

namespace ServerlessFashion.Functions.Durable;

/// <summary>
/// The retry policy: three attempts, and no retry after a permanent failure. An attempt that a host's shutdown interrupted does not
/// count.
/// </summary>
internal static class StepRetry
{
    public const int Attempts = 3;

    /// <summary>Ends the retries of a step that always takes a cancellation for its failure.</summary>
    private const int MostInterruptions = 50;

    private static readonly string[] PermanentFailures = [typeof(InvalidInputException).FullName!, typeof(StepTimedOutException).FullName!];

    private static readonly string[] Interruptions =
        [typeof(OperationCanceledException).FullName!, typeof(TaskCanceledException).FullName!];

    /// <summary>The options of one call; another call needs options of its own.</summary>
    /// <param name="firstRetry">Time between the first failure and the next attempt. It doubles after every failure.</param>
    public static TaskOptions Options(TimeSpan firstRetry)
    {
        var interruptions = 0;
        return TaskOptions.FromRetryHandler(async retry =>
        {
            if (Find(retry.LastFailure, PermanentFailures) is not null)
            {
                return false;
            }

            var interrupted = Find(retry.LastFailure, Interruptions) is not null;
            interruptions += interrupted ? 1 : 0;
            var failures = retry.LastAttemptNumber - interruptions;
            if (failures >= Attempts || interruptions > MostInterruptions)
            {
                return false;
            }

            var delay = firstRetry * Math.Pow(2, Math.Max(0, failures - 1));
            await retry.OrchestrationContext.CreateTimer(delay, retry.CancellationToken);
            return true;
        });
    }

    /// <summary>Describes a failed step: only the reason if the failure is permanent, otherwise also that it was tried again.</summary>
    public static string Describe(string step, TaskFailureDetails failure) =>
        Find(failure, PermanentFailures) is { } permanent
            ? permanent.ErrorMessage
            : $"{step} failed {Attempts} times: {failure.ErrorMessage}";

    // By name, because failures travel as text, and the host may wrap the worker's exception in another one.
    private static TaskFailureDetails? Find(TaskFailureDetails? failure, string[] types)
    {
        while (failure is not null && !types.Contains(failure.ErrorType))
        {
            failure = failure.InnerFailure;
        }

        return failure;
    }
}
