namespace ServerlessFashion.Cli.Display;

/// <summary>Says what a command waits for, if the wait is longer than two seconds.</summary>
/// <param name="say">Gets the sentence.</param>
internal sealed class WaitNotices(Action<string> say, TimeProvider time)
{
    /// <summary>A shorter wait needs no words.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Begins a wait. Dispose the result at its end.</summary>
    /// <param name="subject">What is waited for: the end of the sentence <c>waiting for ...</c>.</param>
    public IDisposable Begin(string subject) =>
        time.CreateTimer(_ => say($"waiting for {subject}"), null, Patience, Timeout.InfiniteTimeSpan);
}
