namespace ServerlessFashion.Storage;

/// <summary>
/// Lets many callers at once share reads of the same thing. A caller never gets a read that began before its call, so it sees all that was
/// written until then. A caller alone reads at once. While a read is under way, all who come share the next one, which begins a pause after
/// the one before. Storage thus does the same work for two clients as for hundreds.
/// </summary>
/// <param name="read">Reads the thing of a key. It serves several callers, so none of them can cancel it.</param>
/// <param name="pause">Time between two shared reads. Null for as long as somebody who watches a run does not notice.</param>
public sealed class SharedReads<TKey, TResult>(Func<TKey, Task<TResult>> read, TimeProvider? time = null, TimeSpan? pause = null)
    where TKey : notnull
{
    private readonly TimeSpan _pause = pause ?? TimeSpan.FromMilliseconds(250);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Reads> _reads = [];

    /// <summary>The read under way of one key, and the one that its later callers share.</summary>
    private sealed class Reads
    {
        public TaskCompletionSource<TResult>? Next { get; set; }
    }

    public async Task<TResult> ReadAsync(TKey key, CancellationToken cancellation)
    {
        Task<TResult> shared;
        lock (_gate)
        {
            if (_reads.TryGetValue(key, out var reads))
            {
                reads.Next ??= new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                shared = reads.Next.Task;
            }
            else
            {
                _reads[key] = reads = new Reads();
                shared = ReadAsync(key);
                _ = ServeNextAsync(key, reads, shared);
            }
        }

        return await shared.WaitAsync(cancellation);
    }

    /// <summary>Reads for the later callers until there are none.</summary>
    private async Task ServeNextAsync(TKey key, Reads reads, Task<TResult> first)
    {
        await Task.WhenAny(first);
        while (IsWanted(key, reads))
        {
            await Task.Delay(_pause, _time);
            TaskCompletionSource<TResult> next;
            lock (_gate)
            {
                next = reads.Next!;
                reads.Next = null;
            }

            var result = ReadAsync(key);
            await Task.WhenAny(result);
            Complete(next, result);
        }
    }

    private bool IsWanted(TKey key, Reads reads)
    {
        lock (_gate)
        {
            if (reads.Next is null)
            {
                _reads.Remove(key);
                return false;
            }

            return true;
        }
    }

    private static void Complete(TaskCompletionSource<TResult> next, Task<TResult> result)
    {
        if (result.IsCompletedSuccessfully)
        {
            next.SetResult(result.Result);
        }
        else
        {
            next.SetException(result.Exception?.InnerException ?? new OperationCanceledException());

            // It is no fault if all callers have left.
            _ = next.Task.Exception;
        }
    }

    /// <summary>Away from the caller, whose lock is held.</summary>
    private Task<TResult> ReadAsync(TKey key) => Task.Run(() => read(key));
}
