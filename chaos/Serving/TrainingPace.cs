using System.Text.Json.Nodes;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>The seconds of a training's epochs, by what else the server does.</summary>
internal sealed class TrainingPace(FashionClient client, string run)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public string Run => run;

    public List<double> Quiet { get; } = [];

    public List<double> Loaded { get; } = [];

    /// <summary>Adds the seconds of the epochs that began and ended during the work.</summary>
    public async Task MeasureAsync(Func<Task> work, List<double> seconds, CancellationToken cancellation)
    {
        var before = await WaitForEpochAsync(cancellation);
        await work();

        // The epoch under way had begun before the work, and the one after it began during the work.
        var during = await ListAsync(before + 1, cancellation);
        seconds.AddRange(during.Select(epoch => (double)epoch["seconds"]!));
    }

    /// <summary>Waits for the end of the next epoch.</summary>
    /// <returns>Its number.</returns>
    private async Task<int> WaitForEpochAsync(CancellationToken cancellation)
    {
        var known = await ListAsync(0, cancellation);
        while (true)
        {
            var now = await ListAsync(known.Count, cancellation);
            if (now.Count > 0)
            {
                return known.Count + now.Count;
            }

            await Task.Delay(Poll, cancellation);
        }
    }

    private async Task<List<JsonNode>> ListAsync(int after, CancellationToken cancellation)
    {
        var epochs = new List<JsonNode>();
        while (true)
        {
            var path = $"/api/comparisons/{run}/metrics?model=model1&top=100&after={after + epochs.Count}";
            var page = (await client.GetAsync(path, cancellation))["items"]!.AsArray();
            epochs.AddRange(page.Select(epoch => epoch!));
            if (page.Count == 0)
            {
                return epochs;
            }
        }
    }
}
