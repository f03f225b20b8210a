using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Tells which runs need a data set.</summary>
public sealed class DatasetUse(RunStore runs, RunDefinitions definitions)
{
    /// <exception cref="RefusedException">A run that has not ended uses the set.</exception>
    public async Task CheckUnusedAsync(string name, CancellationToken cancellation)
    {
        foreach (var run in await runs.ListUnfinishedAsync(cancellation))
        {
            if ((await definitions.GetAsync(run.Id, cancellation)).Configuration.Dataset == name)
            {
                throw new RefusedException(
                    Refusal.Conflict,
                    $"name: run {run.Id} uses the data set '{name}' and is {run.Status.Describe()}; wait for its end, or cancel it.");
            }
        }
    }
}
