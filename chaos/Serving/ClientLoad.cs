using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>Clients that each send a request, wait for the answer, pause for a second, and send the next one.</summary>
internal sealed class ClientLoad(FashionClient client, string run, Tally tally)
{
    private const int Clients = 200;

    /// <summary>The dashboard asks less often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _milliseconds = new();

    /// <summary>Runs all clients for a time.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            var random = new Random(number);
            var image = PredictionBody.Json(1, random);
            await Task.Delay(Pause * random.NextDouble(), cancellation);
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                await RequestAsync(number, image, cancellation);
                await Task.Delay(Pause, cancellation);
            }
        }));
    }

    /// <summary>Prints the times of the answers.</summary>
    public void Print()
    {
        foreach (var (kind, times) in _milliseconds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            double[] sorted = [.. times.Order()];
            tally.Count($"{kind} requests", sorted.Length);
            tally.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}: p50 {At(.5):0} ms, p99 {At(.99):0} ms, longest {sorted[^1]:0} ms"));

            double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        }
    }

    /// <summary>Half the clients follow the run, a quarter its epochs, and a quarter have an image predicted.</summary>
    private async Task RequestAsync(int number, PredictionBody image, CancellationToken cancellation)
    {
        var (kind, request) = (number % 4) switch
        {
            0 => ("predictions", () => client.PredictAsync(image, null, cancellation)),
            1 => ("metrics", () => client.GetAsync($"/api/comparisons/{run}/metrics?model=model1&after=0", cancellation)),
            _ => ("status", (Func<Task>)(() => client.GetAsync($"/api/comparisons/{run}", cancellation))),
        };
        var began = Stopwatch.GetTimestamp();
        try
        {
            await request();
            _milliseconds.GetOrAdd(kind, _ => []).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (HttpRequestException e)
        {
            tally.Lose($"{kind}: {e.Message}");
        }
    }
}
