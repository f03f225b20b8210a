using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Queries about runs. They use storage only, so every host and instance gives the same answer.</summary>
public sealed class ComparisonQueries(
    RunStore runs, RunReferences references, RunDefinitions definitions, RunFolders folders, EpochMetrics metrics, FashionStorage storage,
    TimeProvider time)
{
    private readonly EarlierResults _earlier = new(runs, folders);

    private readonly SharedReads<string, RunRecord> _runs = new(text => references.GetAsync(text, CancellationToken.None));
    private readonly SharedReads<string, RunDefinition> _definitions = new(id => definitions.GetAsync(id, CancellationToken.None));

    private readonly SharedReads<(string Run, string Model, int Seed, int After), IReadOnlyList<EpochRow>> _epochs = new(
        key => metrics.ListAsync(key.Run, key.Model, key.Seed, key.After, CancellationToken.None));

    private readonly SharedReads<string, ComparisonStatus> _status = new(async text =>
        await new ComparisonStatusReader(storage, runs, folders, definitions, metrics, time).ReadAsync(
            await references.GetAsync(text, CancellationToken.None), CancellationToken.None));

    /// <param name="reference">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">No run, or more than one, is meant.</exception>
    public Task<RunRecord> GetAsync(string reference, CancellationToken cancellation) => _runs.ReadAsync(reference, cancellation);

    /// <summary>What the run with this id trains.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or a newer version of the program stored it.</exception>
    public Task<RunDefinition> GetDefinitionAsync(string id, CancellationToken cancellation) => _definitions.ReadAsync(id, cancellation);

    /// <summary>One page of the runs, the newest first.</summary>
    public Task<Page<RunRecord>> ListAsync(int top, string? continuation, CancellationToken cancellation) =>
        ListAsync(RunFilter.All, RunOrder.NewestFirst, top, continuation, cancellation);

    /// <summary>One page of the runs that match a filter.</summary>
    /// <param name="continuation">The value of the page before; null for the first page.</param>
    /// <exception cref="InvalidInputException">The continuation does not come from a list of this order.</exception>
    public async Task<Page<RunRecord>> ListAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation)
    {
        var page = await runs.ListAsync(filter, order, top, continuation, cancellation);
        return page with { Items = await _earlier.CompleteAsync(page.Items, cancellation) };
    }

    /// <summary>Reads the start of a list: a date or time in ISO 8601, or an age such as <c>7d</c>.</summary>
    /// <exception cref="InvalidInputException">The text has another form.</exception>
    public DateTimeOffset? ParseSince(string? text) => text is null ? null : RunAge.ParseTime("since", text, time.GetUtcNow());

    /// <summary>The progress of a run and of each of its trainings.</summary>
    /// <param name="reference">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">No run, or more than one, is meant.</exception>
    public Task<ComparisonStatus> GetStatusAsync(string reference, CancellationToken cancellation) =>
        _status.ReadAsync(reference, cancellation);

    /// <summary>The epochs of one training after epoch <paramref name="after"/>, in order.</summary>
    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(
        string id, string model, int seed, int after, CancellationToken cancellation) =>
        _epochs.ReadAsync((id, model, seed, after), cancellation);
}
