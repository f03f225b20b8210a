using Microsoft.Extensions.Logging;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>
/// Runs the training steps of this process one at a time, because libtorch has one thread count for each process. It also ends a
/// step at its time limit.
/// </summary>
public sealed class TrainingTurns(TimeProvider time, ILogger<TrainingTurns>? log = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="limit">The maximum working time; waiting for the turn does not count.</param>
    /// <param name="shutdown">Ends the step after the current batch.</param>
    /// <exception cref="StepTimedOutException">The step reached its time limit.</exception>
    public async Task<TResult> RunAsync<TRequest, TResult>(
        IStepHandler<TRequest, TResult> step, TRequest request, TimeSpan limit, CancellationToken shutdown)
    {
        await WaitAsync(shutdown);
        try
        {
            return await RunNowAsync(step, request, limit, shutdown);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task WaitAsync(CancellationToken shutdown)
    {
        if (await _turn.WaitAsync(TimeSpan.Zero, shutdown))
        {
            return;
        }

        log?.StepWaits("of a training");
        var began = time.GetTimestamp();
        await _turn.WaitAsync(shutdown);
        log?.StepGoesOn("of a training", time.GetElapsedTime(began).TotalSeconds);
    }

    private async Task<TResult> RunNowAsync<TRequest, TResult>(
        IStepHandler<TRequest, TResult> step, TRequest request, TimeSpan limit, CancellationToken shutdown)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, shutdown);
        try
        {
            var result = await step.RunAsync(request, stop.Token);
            return late.IsCancellationRequested ? throw Late() : result;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw Late();
        }

        StepTimedOutException Late()
        {
            var subject = request is TrainingId training ? $"{training.Model}, seed {training.Seed}" : "budget";
            return new StepTimedOutException($"{subject}: a training step took longer than {limit}.");
        }
    }
}
