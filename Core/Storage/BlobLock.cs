using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Storage;

/// <summary>
/// Mutual exclusion between processes by a lease on an empty blob. The lock renews the lease until it is disposed. If its holder
/// dies, the lease expires after <see cref="LeaseSeconds"/>.
/// </summary>
public sealed class BlobLock : IAsyncDisposable
{
    /// <summary>The shortest lease that the service grants.</summary>
    public const int LeaseSeconds = 15;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(LeaseSeconds);
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>The lock counts as lost this long before the lease expires, so that the holder stops before another begins.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Minimum time for a renewal. After a pause of the process the lease may have expired, but the service still renews it if
    /// nobody acquired it in the meantime.
    /// </summary>
    private static readonly TimeSpan ShortestRenewal = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewal;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private BlobLock(BlobLeaseClient lease, string path, long asked, TimeProvider time, ILogger log)
    {
        _lease = lease;
        _path = path;
        _time = time;
        _log = log;
        _renewal = RenewAsync(asked);
    }

    /// <summary>
    /// Cancelled when the lease could not be renewed before it expires. Another process may then hold the lock soon.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits until the lock on <paramref name="path"/> is free, and acquires it.</summary>
    /// <param name="waiting">Called once a second while another process holds the lock, with the time waited so far.</param>
    public static async Task<BlobLock> AcquireAsync(
        BlobContainerClient container, string path, TimeProvider time, CancellationToken cancellation, ILogger? log = null,
        Action<TimeSpan>? waiting = null)
    {
        log ??= NullLogger.Instance;
        var blob = container.GetBlobClient(path);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var lease = blob.GetBlobLeaseClient();
                var asked = time.GetTimestamp();
                await lease.AcquireAsync(Duration, cancellationToken: cancellation);
                log.LockAcquired(path, time.GetElapsedTime(began).TotalSeconds);
                return new BlobLock(lease, path, asked, time, log);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                await CreateAsync(blob, cancellation);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
            {
                waiting?.Invoke(time.GetElapsedTime(began));
                await Task.Delay(RetryInterval, time, cancellation);
            }
        }
    }

    /// <summary>Releases the lock. Never throws: a lease that cannot be released expires.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewal;
        if (!_lost.IsCancellationRequested)
        {
            await ReleaseAsync();
        }

        _released.Dispose();
        _lost.Dispose();
    }

    private static async Task CreateAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var onlyIfAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.Empty, onlyIfAbsent, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Somebody else created it in between.
        }
    }

    /// <param name="asked">When the lease was requested: it began at that moment or later.</param>
    private async Task RenewAsync(long asked)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewalInterval, _time, _released.Token);
                var left = Duration - Margin - _time.GetElapsedTime(asked);
                asked = _time.GetTimestamp();
                using var late = new CancellationTokenSource(left > ShortestRenewal ? left : ShortestRenewal, _time);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _released.Token);
                await _lease.RenewAsync(cancellationToken: stop.Token);
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            // Whatever the reason is: without a renewal the lease expires.
            _log.LockLost(_path, e);
            await _lost.CancelAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            using var late = new CancellationTokenSource(ReleaseTimeout, _time);
            await _lease.ReleaseAsync(cancellationToken: late.Token);
            _log.LockReleased(_path);
        }
        catch (Exception e) when (e is OperationCanceledException || StorageFailure.Is(e))
        {
            _log.LockNotReleased(_path, LeaseSeconds, e);
        }
    }
}
