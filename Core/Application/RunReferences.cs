using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>
/// Finds the run that a user means. A text names a run by its id, by <c>latest</c> for the newest run, by the beginning of its id, or
/// by its name, in this order. A beginning and a name must belong to one run alone.
/// </summary>
public sealed class RunReferences(RunStore runs)
{
    /// <summary>Names the newest run.</summary>
    public const string Latest = RunIds.Latest;

    private const int ShownCandidates = 5;

    /// <exception cref="RefusedException">No run, or more than one, is meant.</exception>
    public async Task<RunRecord> GetAsync(string text, CancellationToken cancellation) =>
        await FindAsync(text, cancellation) ?? throw Unknown(text);

    /// <summary>The run that <paramref name="text"/> names; null for none.</summary>
    /// <exception cref="RefusedException">More than one run is meant; the message names them.</exception>
    public async Task<RunRecord?> FindAsync(string text, CancellationToken cancellation)
    {
        if (text == Latest)
        {
            return await runs.FindNewestAsync(cancellation);
        }

        return await runs.FindAsync(text, cancellation)
            ?? Only(text, await runs.FindByPrefixAsync(text, ShownCandidates + 1, cancellation))
            ?? (text.Length is > 0 and <= RunDescription.LongestName
                ? Only(text, await runs.FindByNameAsync(text, ShownCandidates + 1, cancellation))
                : null);
    }

    /// <summary>
    /// <paramref name="model"/> with the id of its run: of <c>RUN/MODEL</c> and <c>RUN/MODEL/seed-N</c>, RUN may be any text that
    /// names a run. Other texts stay as they are, as do those that name no run.
    /// </summary>
    /// <exception cref="RefusedException">More than one run is meant; the message names them.</exception>
    public async Task<string> ExpandModelAsync(string model, CancellationToken cancellation)
    {
        var parts = model.Split('/', 2);
        return parts is [var run, var rest] && await FindAsync(run, cancellation) is { } found ? $"{found.Id}/{rest}" : model;
    }

    /// <summary>Checks that a name does not name another run already.</summary>
    /// <param name="name">Null for none.</param>
    /// <param name="owner">The id of the run that gets the name.</param>
    /// <exception cref="InvalidInputException">The name is the id of another run.</exception>
    public async Task RequireNameAsync(string? name, string owner, CancellationToken cancellation)
    {
        if (name is not null && name != owner && await runs.FindAsync(name, cancellation) is not null)
        {
            throw new InvalidInputException($"name: '{name}' is the id of another run; choose another name.");
        }
    }

    internal static RefusedException Unknown(string text) => new(
        Refusal.NotFound,
        text == Latest
            ? "run: there is no run yet; start one with `fashion compare`."
            : $"run: '{text}' does not exist; `fashion runs` lists the runs.");

    private static RunRecord? Only(string text, IReadOnlyList<RunRecord> found)
    {
        if (found.Count <= 1)
        {
            return found is [var only] ? only : null;
        }

        var candidates = string.Join(", ", found.Take(ShownCandidates).Select(run => run.Id));
        var more = found.Count > ShownCandidates ? " and others" : "";
        throw new RefusedException(
            Refusal.Ambiguous, $"run: '{text}' fits several runs: {candidates}{more}; give the whole id of one.");
    }
}
