using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Queries about runs. They use storage only, so every host and instance gives the same answer.</summary>
public sealed class ComparisonQueries(
    RunStore runs, RunDefinitions definitions, RunFolders folders, EpochMetrics metrics, FashionStorage storage, TimeProvider time)
{
    private readonly SharedReads<string, RunRecord> _runs = new(id => runs.RequireAsync(id, CancellationToken.None));
    private readonly SharedReads<string, RunDefinition> _definitions = new(id => definitions.GetAsync(id, CancellationToken.None));

    private readonly SharedReads<(string Run, string Model, int Seed, int After), IReadOnlyList<EpochRow>> _epochs = new(
        key => metrics.ListAsync(key.Run, key.Model, key.Seed, key.After, CancellationToken.None));

    private readonly SharedReads<string, ComparisonStatus> _status = new(async id =>
        await new ComparisonStatusReader(storage, folders, definitions, metrics, time).ReadAsync(
            await runs.RequireAsync(id, CancellationToken.None), CancellationToken.None));

    /// <exception cref="RefusedException">The run does not exist.</exception>
    public Task<RunRecord> GetAsync(string id, CancellationToken cancellation) => _runs.ReadAsync(id, cancellation);

    /// <summary>What a run trains.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or a newer version of the program stored it.</exception>
    public Task<RunDefinition> GetDefinitionAsync(string id, CancellationToken cancellation) => _definitions.ReadAsync(id, cancellation);

    /// <summary>One page of the runs, the newest first.</summary>
    public Task<Page<RunRecord>> ListAsync(int top, string? continuation, CancellationToken cancellation) =>
        runs.ListAsync(top, continuation, cancellation);

    /// <summary>The progress of a run and of each of its trainings.</summary>
    /// <exception cref="RefusedException">The run does not exist.</exception>
    public Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation) => _status.ReadAsync(id, cancellation);

    /// <summary>The epochs of one training after epoch <paramref name="after"/>, in order.</summary>
    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(
        string id, string model, int seed, int after, CancellationToken cancellation) =>
        _epochs.ReadAsync((id, model, seed, after), cancellation);
}
