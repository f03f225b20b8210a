using Microsoft.DurableTask;

namespace ServerlessFashion.Functions.Durable;

/// <summary>
/// The retry policy: three attempts, and no retry after a permanent failure. An attempt that a host's shutdown interrupted does not
/// count. The end of a worker process counts apart, because it ends every step in that process.
/// </summary>
internal static class StepRetry
{
    public const int Attempts = 3;

    /// <summary>
    /// A step that crashes its worker also ends the steps that run beside it or wait for their turn. They outlast it, because the
    /// delays put the steps in another order each time.
    /// </summary>
    public const int WorkerEnds = 10;

    /// <summary>Ends the retries of a step that always takes a cancellation for its failure.</summary>
    private const int MostInterruptions = 50;

    private static readonly string[] PermanentFailures = [typeof(InvalidInputException).FullName!, typeof(StepTimedOutException).FullName!];

    private static readonly string[] Interruptions =
        [typeof(OperationCanceledException).FullName!, typeof(TaskCanceledException).FullName!];

    /// <summary>The host's failure of an activity whose worker process ended.</summary>
    private static readonly string[] EndsOfWorkers = ["Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException"];

    /// <summary>The options of one call; another call needs options of its own.</summary>
    /// <param name="firstRetry">
    /// Time between the first failure and the next attempt. It doubles after every failure. After the end of a worker it is up to
    /// twice as long.
    /// </param>
    public static TaskOptions Options(TimeSpan firstRetry)
    {
        var interruptions = 0;
        var workerEnds = 0;
        return TaskOptions.FromRetryHandler(async retry =>
        {
            if (Find(retry.LastFailure, PermanentFailures) is not null)
            {
                return false;
            }

            var workerEnded = Find(retry.LastFailure, EndsOfWorkers) is not null;
            workerEnds += workerEnded ? 1 : 0;
            interruptions += !workerEnded && Find(retry.LastFailure, Interruptions) is not null ? 1 : 0;
            var failures = retry.LastAttemptNumber - interruptions - workerEnds;
            if (failures >= Attempts || workerEnds >= WorkerEnds || interruptions > MostInterruptions)
            {
                return false;
            }

            var delay = firstRetry * (workerEnded ? 1 + Share(retry.OrchestrationContext) : Math.Pow(2, Math.Max(0, failures - 1)));
            await retry.OrchestrationContext.CreateTimer(delay, retry.CancellationToken);
            return true;
        });
    }

    /// <summary>Describes a failed step: only the reason if the failure is permanent, otherwise also that it was tried again.</summary>
    public static string Describe(string step, TaskFailureDetails failure)
    {
        if (Find(failure, PermanentFailures) is { } permanent)
        {
            return permanent.ErrorMessage;
        }

        return Find(failure, EndsOfWorkers) is { } end
            ? $"{step} failed: its worker process ended {WorkerEnds} times ({end.ErrorMessage}); it may lack memory."
            : $"{step} failed {Attempts} times: {failure.ErrorMessage}";
    }

    /// <summary>A number from 0 to 1 that differs between orchestrations and moments. It is the same in a replay.</summary>
    private static double Share(TaskOrchestrationContext context) => context.NewGuid().ToByteArray()[^1] / (double)byte.MaxValue;

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
