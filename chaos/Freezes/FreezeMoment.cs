using System.Globalization;
using ServerlessFashion.Chaos.Proxy;

namespace ServerlessFashion.Chaos.Freezes;

/// <summary>A moment in the life of a worker: one call of a commit, before the storage gets it or before its answer returns.</summary>
/// <param name="Call">The call's number among the calls of commits, counted from 1.</param>
internal sealed record FreezeMoment(int Call, string Name, bool IsAfter)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"frozen {(IsAfter ? "after" : "before")} call {Call} ({Name})");

    /// <summary>All moments of the short run, found by watching one.</summary>
    public static async Task<FreezeMoment[]> ListAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var proxy = await storage.AddProxyAsync();
        var calls = new List<string>();
        proxy.Rule = call =>
        {
            if (call.IsCommit)
            {
                lock (calls)
                {
                    calls.Add(call.Name);
                }
            }

            return call.PassAsync();
        };
        await using var command = storage.Start(Recipe.Short.Arguments, proxy);
        return await command.WaitAsync(cancellation) == 0
            ? [.. calls.SelectMany((name, i) => new[] { new FreezeMoment(i + 1, name, false), new FreezeMoment(i + 1, name, true) })]
            : throw new InvalidInputException($"chaos: a run through the proxy failed: {command.ErrorText}");
    }

    /// <summary>
    /// A rule for a proxy that calls <paramref name="freeze"/> at this moment, and then waits for <paramref name="thawed"/>.
    /// </summary>
    public Func<StorageCall, Task> Rule(Action freeze, Task thawed)
    {
        var seen = 0;
        return async call =>
        {
            if (!call.IsCommit || Interlocked.Increment(ref seen) != Call)
            {
                await call.PassAsync();
                return;
            }

            var answer = IsAfter ? await call.ForwardAsync() : null;
            freeze();
            await thawed;
            await call.ReplyAsync(answer ?? await call.ForwardAsync());
        };
    }
}
