namespace ServerlessFashion.Scale;

/// <summary>
/// Workers that take one piece of work each, in the order in which it was asked for. With a cooldown they come and go.
/// </summary>
/// <param name="most">Workers at once at most.</param>
/// <param name="coldStart">From the wish for one more worker until it takes work.</param>
/// <param name="cooldown">How long a worker stays without work; null keeps all of them from the start to the end.</param>
internal sealed class WorkerPool(VirtualClock clock, int most, TimeSpan coldStart, TimeSpan? cooldown)
{
    private readonly LinkedList<Request> _waiting = new();

    /// <summary>Idle trainers, the longest idle first. The last one gets the next work, so the others can stop.</summary>
    private readonly LinkedList<IDisposable> _idle = new();

    private int _starting;

    private sealed class Request(TimeSpan since)
    {
        public TimeSpan Since { get; } = since;

        /// <summary>True: there is a worker; false: it was given up.</summary>
        public TaskCompletionSource<bool> Answer { get; } = new();
    }

    public int Most => most;

    public Level Busy { get; } = new(clock);

    /// <summary>Workers that cost something: at work, without work or starting.</summary>
    public Level Present { get; } = new(clock);

    public Waits Waits { get; } = new();

    /// <summary>Waits for a worker.</summary>
    /// <returns>False when <paramref name="giveUp"/> came first.</returns>
    public async Task<bool> TakeAsync(CancellationToken giveUp)
    {
        if (_idle.Last is { } idle)
        {
            _idle.RemoveLast();
            idle.Value.Dispose();
            Begin(TimeSpan.Zero);
            return true;
        }

        if (cooldown is null && Busy.Value < most)
        {
            Begin(TimeSpan.Zero);
            return true;
        }

        var place = _waiting.AddLast(new Request(clock.Now));
        StartMissing();
        await using var registration = giveUp.Register(() => GiveUp(place));
        return await place.Value.Answer.Task;
    }

    /// <summary>Gives a worker back, after the work.</summary>
    public void Release()
    {
        Busy.Add(-1);
        Offer();
    }

    private void Begin(TimeSpan waited)
    {
        Busy.Add(1);
        Waits.Add(waited);
    }

    private void StartMissing()
    {
        while (cooldown is not null && _starting < _waiting.Count && Present.Value < most)
        {
            _starting++;
            Present.Add(1);
            clock.Call(coldStart, () =>
            {
                _starting--;
                Offer();
            });
        }
    }

    /// <summary>One worker is free.</summary>
    private void Offer()
    {
        if (_waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            Begin(clock.Now - first.Value.Since);
            first.Value.Answer.SetResult(true);
        }
        else if (cooldown is { } time)
        {
            LinkedListNode<IDisposable>? place = null;
            place = _idle.AddLast(clock.Call(time, () =>
            {
                _idle.Remove(place!);
                Present.Add(-1);
            }));
        }
    }

    private void GiveUp(LinkedListNode<Request> place)
    {
        if (place.List is not null)
        {
            _waiting.Remove(place);
            place.Value.Answer.SetResult(false);
        }
    }
}
