using System.Net.Http;
using System.Net.Http.Json;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Client;

/// <summary>Runs at a server.</summary>
public sealed class RemoteComparisons : IComparisonService
{
    private const int MostOnAPage = 100;

    private readonly ServerConnection _server;
    private readonly TimeProvider _time;

    internal RemoteComparisons(ServerConnection server, TimeProvider time)
    {
        _server = server;
        _time = time;
    }

    public async Task<Page<RunRecord>> ListAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation)
    {
        var query = ListQuery.Of(filter, order);
        var runs = new List<RunRecord>();
        do
        {
            var path = $"comparisons?{query}top={Math.Min(MostOnAPage, top - runs.Count)}";
            var page = await _server.GetPageAsync<ComparisonSummary>(path, continuation, cancellation);
            runs.AddRange(page.Items.Select(run => run.ToRun()));
            continuation = page.Continuation;
        }
        while (continuation is not null && runs.Count < top);

        return new Page<RunRecord>(runs, continuation);
    }

    public async Task<RunConfiguration> GetConfigurationAsync(string id, CancellationToken cancellation) =>
        (await GetAsync(id, cancellation)).Configuration;

    public async Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation)
    {
        var run = await GetAsync(id, cancellation);
        var rows = (await ListMetricsAsync($"{PathOf(run.Id)}/metrics?", cancellation)).ToLookup(row => (row.Name, row.Seed));
        return run.ToStatus(training => [.. rows[(training.Name, training.Seed)].Select(row => row.ToRow())]);
    }

    public async Task<CancelResult> CancelAsync(string id, CancellationToken cancellation)
    {
        try
        {
            // The server cancels once, however often it is asked.
            await _server.SendAsync<AcceptedDocument>(
                new ServerRequest(HttpMethod.Post, $"{PathOf(id)}/cancel") { IsRepeatable = true }, cancellation);
            return new CancelResult((await GetAsync(id, cancellation)).ToRun(), Requested: true);
        }
        catch (RefusedException e) when (e.Reason == Refusal.Conflict)
        {
            var run = (await GetAsync(id, cancellation)).ToRun();
            if (!run.IsFinished)
            {
                throw;
            }

            return new CancelResult(run, Requested: false);
        }
    }

    /// <summary>A change by somebody else between the two requests is lost where it concerns the same field.</summary>
    public async Task<RunRecord> EditAsync(
        string id, Func<RunDescription, RunDescription> change, CancellationToken cancellation)
    {
        var before = (await GetAsync(id, cancellation)).ToRun();
        var patch = DescriptionPatch.Between(before.Description, change(before.Description));
        var request = new ServerRequest(HttpMethod.Patch, PathOf(before.Id))
        {
            IsRepeatable = true,
            Body = () => JsonContent.Create(patch, options: Json.Compact),
        };
        return (await _server.SendAsync<ComparisonDocument>(request, cancellation)).ToRun();
    }

    public async Task<DeletionPlan> PlanDeletionAsync(IEnumerable<string> texts, CancellationToken cancellation)
    {
        var runs = new List<RunRecord>();
        foreach (var text in texts)
        {
            runs.Add((await GetAsync(text, cancellation)).ToRun());
        }

        // The server says whether a run can be deleted when it is asked to.
        return new DeletionPlan([.. runs.DistinctBy(run => run.Id).Select(run => new DeletableRun(run, Bytes: null))], []);
    }

    /// <summary>
    /// The server does not tell sizes. Of the runs that cannot be deleted, this finds those of champions; the server refuses a run that a
    /// process works on when it is asked to delete it.
    /// </summary>
    public async Task<DeletionPlan> PlanDeletionAsync(CleanRule rule, CancellationToken cancellation)
    {
        var listed = await ListAsync(rule.Filter, RunOrder.NewestFirst, int.MaxValue, null, cancellation);
        var champions = await ReadChampionsAsync(cancellation);
        var selected = rule.Select(listed.Items, _time.GetUtcNow()).ToLookup(
            run => champions.Select(ofSet => ofSet.FindReasonToKeep(run.Id)).FirstOrDefault(reason => reason is not null));
        return new DeletionPlan(
            [.. selected[null].Select(run => new DeletableRun(run, Bytes: null))],
            [.. selected.Where(kept => kept.Key is not null).SelectMany(kept => kept.Select(run => new KeptRun(run.Id, kept.Key!)))]);
    }

    /// <summary>The champions of each data set that has a model.</summary>
    private async Task<List<ChampionsInReach>> ReadChampionsAsync(CancellationToken cancellation)
    {
        var models = await _server.ReadAllAsync<ModelOfSet>("models?top=100", cancellation);
        var champions = new List<ChampionsInReach>();
        foreach (var dataset in models.Select(model => model.Dataset).Distinct())
        {
            var query = dataset is null ? "" : $"&dataset={Uri.EscapeDataString(dataset)}";
            var history = await _server.ReadAllAsync<PromotionDocument>($"models/champion/history?top=100{query}", cancellation);
            champions.Add(ChampionsInReach.Of(history.Select(promotion => promotion.ToChampion())));
        }

        return champions;
    }

    /// <param name="Dataset">Null for Fashion-MNIST.</param>
    private sealed record ModelOfSet(string? Dataset);

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        _server.SendAsync(new ServerRequest(HttpMethod.Delete, PathOf(id)) { IsRepeatable = true }, cancellation);

    /// <summary>Starts a run.</summary>
    /// <param name="key">A key of this start, with which the request is safe to repeat.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="InvalidInputException">An option cannot be used; the message names it.</exception>
    public async Task<string> StartAsync(ComparisonOptions options, string key, CancellationToken cancellation)
    {
        var request = new ServerRequest(HttpMethod.Post, "comparisons")
        {
            IsRepeatable = true,
            IdempotencyKey = key,
            Body = () => JsonContent.Create(options, options: Json.Compact),
        };
        return (await _server.SendAsync<AcceptedDocument>(request, cancellation)).Id;
    }

    /// <summary>Continues a run. A run that waits, is under way or has nothing left to do does not change.</summary>
    /// <returns>The id of the run.</returns>
    public async Task<string> ResumeAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var request = new ServerRequest(HttpMethod.Post, $"{PathOf(id)}/resume") { IsRepeatable = true };
            return (await _server.SendAsync<AcceptedDocument>(request, cancellation)).Id;
        }
        catch (RefusedException e) when (e.Reason == Refusal.Conflict)
        {
            var run = await GetAsync(id, cancellation);
            if (run.Status != RunStatus.Completed)
            {
                throw;
            }

            return run.Id;
        }
    }

    /// <summary>How a run has ended, or stands.</summary>
    public async Task<ComparisonOutcome> GetOutcomeAsync(string id, CancellationToken cancellation) =>
        (await GetAsync(id, cancellation)).ToOutcome();

    internal Task<ComparisonDocument> GetAsync(string id, CancellationToken cancellation) =>
        _server.GetAsync<ComparisonDocument>(PathOf(id), cancellation);

    /// <summary>The epochs of one training after <paramref name="after"/>, in order.</summary>
    internal async Task<IEnumerable<EpochRow>> ListEpochsAsync(
        string id, string model, int seed, int after, CancellationToken cancellation)
    {
        var path = $"{PathOf(id)}/metrics?model={Uri.EscapeDataString(model)}&seed={seed}&after={after}&";
        return (await ListMetricsAsync(path, cancellation)).Select(row => row.ToRow());
    }

    private Task<List<MetricsDocument>> ListMetricsAsync(string path, CancellationToken cancellation) =>
        _server.ReadAllAsync<MetricsDocument>($"{path}top=1000", cancellation);

    private static string PathOf(string id) => $"comparisons/{Uri.EscapeDataString(id)}";
}
