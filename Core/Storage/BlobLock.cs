using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>A wait of ten minutes makes twenty log records.</summary>
    private const int AttemptsPerRecord = 30;

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewal;
    private readonly string _path;
    private readonly ILogger _log;

    private BlobLock(BlobLeaseClient lease, string path, TimeProvider time, ILogger log)
    {
        _lease = lease;
        _path = path;
        _log = log;
        _renewal = RenewAsync(time);
    }

    /// <summary>Cancelled when the lease could not be renewed. Another process may then hold the lock.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits until the lock on <paramref name="path"/> is free, and acquires it.</summary>
    public static async Task<BlobLock> AcquireAsync(
        BlobContainerClient container, string path, TimeProvider time, CancellationToken cancellation, ILogger? log = null)
    {
        log ??= NullLogger.Instance;
        var blob = container.GetBlobClient(path);
        var began = time.GetTimestamp();
        var attempts = 0;
        while (true)
        {
            try
            {
                var lease = blob.GetBlobLeaseClient();
                await lease.AcquireAsync(TimeSpan.FromSeconds(LeaseSeconds), cancellationToken: cancellation);
                log.LockAcquired(path, time.GetElapsedTime(began).TotalSeconds);
                return new BlobLock(lease, path, time, log);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                await CreateAsync(blob, cancellation);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
            {
                if (attempts++ % AttemptsPerRecord == 0)
                {
                    log.LockWaits(path, time.GetElapsedTime(began).TotalSeconds);
                }

                await Task.Delay(RetryInterval, time, cancellation);
            }
        }
    }

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

    private async Task RenewAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewalInterval, time, _released.Token);
                await _lease.RenewAsync(cancellationToken: _released.Token);
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (RequestFailedException e)
        {
            _log.LockLost(_path, e);
            await _lost.CancelAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await _lease.ReleaseAsync();
            _log.LockReleased(_path);
        }
        catch (RequestFailedException e)
        {
            // The lease expires.
            _log.LockNotReleased(_path, LeaseSeconds, e);
        }
    }
}
