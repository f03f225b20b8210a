namespace ServerlessFashion.Pipeline.Local;

/// <summary>A fixed number of slots; of those who wait, the lowest priority number is served first.</summary>
public sealed class PrioritySlots(int count)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private int _free = count;

    /// <summary>Waits for a slot; dispose the result to give it back.</summary>
    public async Task<IDisposable> AcquireAsync(int priority, CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, priority);
        }

        await using (cancellation.Register(() => turn.TrySetCanceled(cancellation)))
        {
            await turn.Task;
            return new Slot(this);
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var turn, out _))
            {
                if (turn.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    private sealed class Slot(PrioritySlots owner) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                owner.Release();
            }
        }
    }
}
