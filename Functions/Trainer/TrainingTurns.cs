using Microsoft.Extensions.Logging;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>
/// Lets the training steps of this process work one at a time, since libtorch's threads are set for the whole process,
/// and ends a step whose time is up.
/// </summary>
public sealed class TrainingTurns(TimeProvider time, ILogger<TrainingTurns>? log = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="limit">Longest time of work; waiting for the turn does not count.</param>
    /// <param name="shutdown">Ends the step after the batch at hand.</param>
    /// <exception cref="StepTimedOutException">The step's time was up.</exception>
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

        StepTimedOutException Late() => new($"{(request is TrainingStepRequest training ? $"{training.Model}, seed {training.Seed}" : "budget")}: a training step took longer than {limit}.");
    }
}
