namespace ServerlessFashion.Scale.Tests;

public class WorkerPoolTests
{
    /// <summary>
    /// M/D/1: at random arrivals and a constant time of service, the mean wait is rho / (2 (1 - rho)) times that time. The
    /// tolerance is four standard errors, as twenty stretches of the same length give it.
    /// </summary>
    [Theory]
    [InlineData(.5, .5)]
    [InlineData(.7, 1.16667)]
    [InlineData(.8, 2)]
    public void Take_RandomArrivalsAndConstantService_WaitsAsQueueingTheorySays(double load, double expected)
    {
        var waits = Enumerable.Range(1, 20).Select(seed => MeanWait(load, arrivals: 10_000, seed)).ToList();

        var mean = waits.Average();
        var error = Math.Sqrt(waits.Sum(wait => Math.Pow(wait - mean, 2)) / (waits.Count - 1) / waits.Count);
        Assert.InRange(error, 0, .05 * expected);
        Assert.InRange(mean, expected - (4 * error), expected + (4 * error));
    }

    /// <summary>Two workers: the third and the fourth piece of work begin when the first and the second end.</summary>
    [Fact]
    public void Take_MoreWorkThanWorkers_BeginsInTheOrderOfRequests()
    {
        var clock = new VirtualClock();
        var pool = new WorkerPool(clock, 2, TimeSpan.Zero, cooldown: null);
        var log = new List<string>();
        foreach (var (name, seconds) in new[] { ("a", 30), ("b", 10), ("c", 5), ("d", 1) })
        {
            clock.Call(TimeSpan.Zero, () => _ = WorkAsync(name, seconds));
        }

        clock.RunToEnd();

        Assert.Equal(["a 0", "b 0", "c 10", "d 15"], log);

        async Task WorkAsync(string name, int seconds)
        {
            await pool.TakeAsync(CancellationToken.None);
            log.Add($"{name} {clock.Now.TotalSeconds}");
            await clock.DelayAsync(TimeSpan.FromSeconds(seconds));
            pool.Release();
        }
    }

    /// <summary>Started at 0 s, there at 60 s, at work for 10 s, gone at 370 s; the second at 400 s starts a new one.</summary>
    [Fact]
    public void Take_AfterTheCooldown_StartsAWorkerAnew()
    {
        var clock = new VirtualClock();
        var pool = new WorkerPool(clock, 5, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300));
        foreach (var at in new[] { 0, 100, 700 })
        {
            clock.Call(TimeSpan.FromSeconds(at), () => _ = WorkAsync());
        }

        clock.RunToEnd();

        // The one at 100 s finds the worker of the first, which goes at 410 s.
        Assert.Equal([0, 60, 60], new[] { .3, .6, 1 }.Select(pool.Waits.Percentile));
        Assert.Equal((410.0 + 370) / 3600, pool.Present.Hours, 10);
        Assert.Equal(1, pool.Present.Peak);

        async Task WorkAsync()
        {
            await pool.TakeAsync(CancellationToken.None);
            await clock.DelayAsync(TimeSpan.FromSeconds(10));
            pool.Release();
        }
    }

    /// <summary>In units of the time of service.</summary>
    private static double MeanWait(double load, int arrivals, int seed)
    {
        var clock = new VirtualClock();
        var pool = new WorkerPool(clock, 1, TimeSpan.Zero, cooldown: null);
        var random = new Random(seed);
        var at = TimeSpan.Zero;
        for (var i = 0; i < arrivals; i++)
        {
            at += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / load);
            clock.Call(at, () => _ = WorkAsync());
        }

        clock.RunToEnd();
        return pool.Waits.Mean;

        async Task WorkAsync()
        {
            await pool.TakeAsync(CancellationToken.None);
            await clock.DelayAsync(TimeSpan.FromSeconds(1));
            pool.Release();
        }
    }
}
