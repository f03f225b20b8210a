namespace ServerlessFashion.Prediction.Tests.Uploads;

/// <summary>A clock that does something first whenever its time stamp is read, with the number of the call.</summary>
internal sealed class HookedTime(Func<int, Task> hook) : TimeProvider
{
    private int _calls;

    public override long GetTimestamp()
    {
        hook(Interlocked.Increment(ref _calls)).GetAwaiter().GetResult();
        return base.GetTimestamp();
    }
}
