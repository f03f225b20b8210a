using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Finds the run that a request names.</summary>
internal static class ExistingRun
{
    /// <exception cref="RefusedException">The run does not exist.</exception>
    public static async Task<RunRecord> RequireAsync(this RunStore runs, string id, CancellationToken cancellation) =>
        await runs.FindAsync(id, cancellation) ?? throw Unknown(id);

    public static RefusedException Unknown(string id) =>
        new(Refusal.NotFound, $"run: '{id}' does not exist; `fashion runs` lists the runs.");
}
