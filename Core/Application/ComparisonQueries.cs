using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>What is known about runs, from storage alone: every host and every instance of one says the same.</summary>
public sealed class ComparisonQueries(FashionStorage storage, TimeProvider time)
{
    private readonly RunStore _runs = new(storage);
    private readonly ComparisonStatusReader _status = new(storage, time);

    /// <exception cref="RefusedException">There is no such run.</exception>
    public Task<RunRecord> GetAsync(string id, CancellationToken cancellation) => _runs.RequireAsync(id, cancellation);

    /// <summary>One page of the runs, the newest first.</summary>
    public Task<Page<RunRecord>> ListAsync(int top, string? continuation, CancellationToken cancellation) =>
        _runs.ListAsync(top, continuation, cancellation);

    /// <summary>How far a run and each of its trainings is.</summary>
    /// <exception cref="RefusedException">There is no such run.</exception>
    public async Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation) =>
        await _status.ReadAsync(await GetAsync(id, cancellation), cancellation);
}
