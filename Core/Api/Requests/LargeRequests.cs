using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Bounds the memory of predictions: only a few large requests are read and predicted at once, and the others wait before their body is
/// read. When the last one has left, the process returns their memory to the system.
/// </summary>
/// <param name="release">Returns unused memory to the system.</param>
internal sealed class LargeRequests(TimeProvider time, Action release) : IDisposable
{
    /// <summary>Most bytes of a body that never waits: a picture, or some hundred images.</summary>
    public const int SmallBody = 256 << 10;

    /// <summary>Most pixels of a picture that never waits. It takes four bytes for each, however few its file has.</summary>
    public const int SmallPicture = 1 << 20;

    /// <summary>A request is parsed by one core and predicted by all. More at once take more memory and are not faster.</summary>
    public static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>How long a request waits for its turn.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may take to arrive during its turn, so that a slow client cannot keep the others out.</summary>
    public static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(60);

    /// <summary>More requests often follow at once.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private int _present;

    public LargeRequests(TimeProvider time) : this(time, ReleaseMemory)
    {
    }

    /// <summary>A turn that its request takes when it turns out to be large. Dispose it at the end of the request.</summary>
    public Turn Offer() => new(this);

    public void Dispose()
    {
        _timer?.Dispose();
        _turns.Dispose();
    }

    private static void ReleaseMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private async Task EnterAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await _turns.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, string.Create(CultureInfo.InvariantCulture,
                $"The server is busy with other large predictions; this one waited {Patience.TotalSeconds:0} s. Send it again."));
        }

        lock (_gate)
        {
            _present++;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_present == 0)
            {
                _timer ??= time.CreateTimer(_ => release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Idle, Timeout.InfiniteTimeSpan);
            }
        }

        _turns.Release();
    }

    /// <summary>The turn of one request.</summary>
    public sealed class Turn(LargeRequests all) : IDisposable
    {
        private bool _isTaken;

        /// <summary>Waits for the turn, unless the request has it already.</summary>
        /// <exception cref="ProblemException">503: it did not come in time.</exception>
        public async Task TakeAsync(CancellationToken cancellation)
        {
            if (!_isTaken)
            {
                await all.EnterAsync(cancellation);
                _isTaken = true;
            }
        }

        public void Dispose()
        {
            if (_isTaken)
            {
                _isTaken = false;
                all.Leave();
            }
        }
    }
}
