using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Application;

/// <summary>Whether the service works.</summary>
public sealed class ServiceHealth(FashionStorage storage)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>True when storage answers within five seconds; nothing works without storage.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Timeout);
        try
        {
            await storage.Container(StorageNames.Runs).GetPropertiesAsync(cancellationToken: late.Token);
            return true;
        }
        catch (Exception e) when (StorageFailure.Is(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
