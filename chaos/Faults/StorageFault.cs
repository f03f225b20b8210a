using ServerlessFashion.Chaos.Proxy;

namespace ServerlessFashion.Chaos.Faults;

/// <summary>One way in which a storage account fails.</summary>
/// <param name="Apply">What the proxy does with a call.</param>
/// <param name="IsSilent">True if the program has nothing to wait for, and so nothing to say.</param>
internal sealed record StorageFault(string Name, Func<StorageCall, Task> Apply, bool IsSilent = false)
{
    private const string DateHeader = "Date";

    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(1);

    public static IReadOnlyList<StorageFault> All { get; } =
    [
        new("500", call => call.RefuseAsync(500, "InternalError")),
        new("503", call => call.RefuseAsync(503, "ServerBusy")),
        new("429", call => call.RefuseAsync(429, "TooManyRequests", RetryAfter)),
        new("reset", ResetAsync),
        new("half-answer", async call => await call.CutAsync(await call.ForwardAsync())),
        new("lost-answer", LoseAnswerAsync),
        new("latency", DelayAsync, IsSilent: true),
        new("clock", ShiftDateAsync, IsSilent: true),
    ];

    private static Task ResetAsync(StorageCall call)
    {
        call.Reset();
        return Task.CompletedTask;
    }

    /// <summary>The storage carries out the call, but the program does not hear of it.</summary>
    private static async Task LoseAnswerAsync(StorageCall call)
    {
        await call.ForwardAsync();
        call.Reset();
    }

    private static async Task DelayAsync(StorageCall call)
    {
        await Task.Delay(Latency);
        await call.PassAsync();
    }

    /// <summary>The account's clock is an hour ahead.</summary>
    private static async Task ShiftDateAsync(StorageCall call)
    {
        var answer = await call.ForwardAsync();
        answer.Headers.RemoveAll(header => header.Key == DateHeader);
        answer.Headers.Add(KeyValuePair.Create(DateHeader, new[] { (DateTimeOffset.UtcNow + ClockError).ToString("R") }));
        await call.ReplyAsync(answer);
    }
}
